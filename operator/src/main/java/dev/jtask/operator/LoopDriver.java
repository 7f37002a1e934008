package dev.jtask.operator;

import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.reconcile.KnownPools;
import dev.jtask.operator.reconcile.UsedSecrets;
import dev.jtask.operator.scaling.ScalingLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves the scaling loop for as long as the operator runs. Where another operator leads, the loop has no pools.
@Singleton
public final class LoopDriver {

    /// How long a message may wait before the pool that has no pods is told of it.
    private static final Duration BEAT = Duration.ofMillis(500);

    /// A tick only starts what may take long.
    private static final Duration LONGEST_TICK = Duration.ofMinutes(2);

    private @Nullable Ticker ticker;
    private @Nullable Ticker beats;
    private @Nullable Ticker calls;
    private @Nullable Ticker secrets;

    void start(
            @Observes StartupEvent event,
            OperatorConfig config,
            ScalingLoop loop,
            KnownPools known,
            UsedSecrets used,
            Leadership leadership) {
        ticker = new Ticker(config.waits().tick(), loop::tick);
        calls = new Ticker(config.waits().tick(), () -> {
            if (leadership.holds()) {
                known.wakeOverlooked();
            }
        });
        var often =
                Collections.min(List.of(config.waits().tick(), config.waits().secretRefresh()));
        // in a thread of its own: an API server that does not answer holds up no tick
        secrets = new Ticker(often, () -> {
            if (leadership.holds()) {
                used.look();
            }
        });
        beats = new Ticker(BEAT, loop::beat);
    }

    /// Whether a tick has not come to an end for so long that none will: nobody is looked at any more.
    boolean isStuck() {
        return isStuck(ticker) || isStuck(beats);
    }

    private boolean isStuck(@Nullable Ticker loop) {
        return loop != null && loop.isOverdue(LONGEST_TICK);
    }

    void stop(@Observes ShutdownEvent event, ScalingLoop loop) {
        for (var each : new Ticker[] {ticker, beats, calls, secrets}) {
            if (each != null) {
                each.close();
            }
        }
        loop.close();
    }
}
