package dev.jtask.operator;

import dev.jtask.operator.scaling.ScalingLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Moves the scaling loop for as long as the operator runs. Where another operator leads, the loop has no pools.
@Singleton
public final class LoopDriver {

    private @Nullable Ticker ticker;

    void start(@Observes StartupEvent event, OperatorConfig config, ScalingLoop loop) {
        ticker = new Ticker(config.tick(), loop::tick);
    }

    void stop(@Observes ShutdownEvent event) {
        if (ticker != null) {
            ticker.close();
        }
    }
}
