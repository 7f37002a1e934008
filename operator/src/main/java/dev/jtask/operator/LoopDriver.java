package dev.jtask.operator;

import dev.jtask.operator.scaling.ScalingLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Moves the scaling loop for as long as the operator runs. Where another operator leads, the loop has no pools.
@Singleton
public final class LoopDriver {

    /// How long a message may wait before the pool that has no pods is told of it.
    private static final Duration BEAT = Duration.ofMillis(500);

    private @Nullable Ticker ticker;
    private @Nullable Ticker beats;

    void start(@Observes StartupEvent event, OperatorConfig config, ScalingLoop loop) {
        ticker = new Ticker(config.waits().tick(), loop::tick);
        beats = new Ticker(BEAT, loop::beat);
    }

    void stop(@Observes ShutdownEvent event, ScalingLoop loop) {
        for (var each : new Ticker[] {ticker, beats}) {
            if (each != null) {
                each.close();
            }
        }
        loop.close();
    }
}
