package dev.jtask.operator;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/// Refuses a wait of no time before anything starts: the operator would spin, or give up on everything at once.
@Singleton
public final class PositiveWaits {

    void start(@Observes @Priority(1) StartupEvent event, OperatorConfig config) {
        var waits = config.waits();
        require(Map.of(
                "JTASK_OPERATOR_TICK", waits.tick(),
                "JTASK_OPERATOR_BROKER_TIMEOUT", waits.brokerTimeout(),
                "JTASK_OPERATOR_SECRET_REFRESH", waits.secretRefresh(),
                "JTASK_OPERATOR_DELETION_PATIENCE", waits.deletionPatience()));
    }

    static void require(Map<String, Duration> waits) {
        waits.forEach((variable, wait) -> {
            if (!wait.isPositive()) {
                throw new IllegalArgumentException(
                        "%s is %s: set it to a time above zero, such as 5s".formatted(variable, wait));
            }
        });
    }
}
