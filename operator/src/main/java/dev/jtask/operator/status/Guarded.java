package dev.jtask.operator.status;

import dev.jtask.autoscaler.Guards;
import dev.jtask.crds.v1alpha1.ScalingGuards;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What keeps a pool from growing, as it stands in a status.
final class Guarded {

    private static final ScalingGuards.Failing BLOWN = new ScalingGuards.Failing(0.0, 0.0, 0.0);

    private Guarded() {}

    /// @return null where nothing does, and nothing was measured
    static @Nullable ScalingGuards of(Guards guards) {
        if (guards.equals(Guards.NONE)) {
            return null;
        }
        var failing = guards.failing();
        var held = guards.held();
        var measured = guards.measured();
        return new ScalingGuards(
                failing == null
                        ? null
                        : new ScalingGuards.Failing(failing.ended(), failing.failed(), failing.redelivered()),
                held == null
                        ? null
                        : new ScalingGuards.Held(
                                held.pods(),
                                rounded(held.brought()),
                                seconds(held.until()),
                                held.pause().toSeconds(),
                                held.onTrial()),
                measured == null ? null : measured(measured));
    }

    /// What of it is worth a write: that the pool is held, not by which figures.
    static @Nullable ScalingGuards headline(@Nullable ScalingGuards guards) {
        return guards == null || (guards.failing() == null && guards.held() == null)
                ? null
                : new ScalingGuards(guards.failing() == null ? null : BLOWN, guards.held(), null);
    }

    private static ScalingGuards.Measured measured(Guards.Measured measured) {
        var queues = measured.work().entrySet().stream()
                .map(each -> new ScalingGuards.Queue(
                        each.getKey(),
                        rounded(each.getValue().busySeconds()),
                        rounded(each.getValue().ended())))
                .sorted(Comparator.comparing(ScalingGuards.Queue::name))
                .toList();
        return new ScalingGuards.Measured(
                measured.pods(),
                seconds(measured.since()),
                seconds(measured.last()),
                rounded(measured.longestSeconds()),
                List.copyOf(queues));
    }

    private static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
