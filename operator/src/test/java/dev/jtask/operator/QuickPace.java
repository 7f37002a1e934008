package dev.jtask.operator;

import dev.jtask.operator.reconcile.Pace;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/// The pace of pools in tests with Quarkus, which do not wait half a minute for figures.
@Singleton
final class QuickPace {

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Pace pace(OperatorConfig config) {
        var waits = config.waits();
        return new Pace(waits.tick(), Duration.ofSeconds(1), Duration.ofMinutes(5), waits.deletionPatience());
    }
}
