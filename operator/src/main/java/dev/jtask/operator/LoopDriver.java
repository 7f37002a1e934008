package dev.jtask.operator;

import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.reconcile.KnownPools;
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
    private @Nullable Ticker calls;

    void start(
            @Observes StartupEvent event,
            OperatorConfig config,
            ScalingLoop loop,
            KnownPools known,
            Leadership leadership) {
        ticker = new Ticker(config.waits().tick(), loop::tick);
        calls = new Ticker(config.waits().tick(), () -> {
            if (leadership.holds()) {
                known.wakeOverlooked();
            }
        });
        beats = new Ticker(BEAT, loop::beat);
    }

    void stop(@Observes ShutdownEvent event, ScalingLoop loop) {
        for (var each : new Ticker[] {ticker, beats, calls}) {
            if (each != null) {
                each.close();
            }
        }
        loop.close();
    }
}
