package dev.jtask.operator.scaling;

import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.time.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Whether others have a say in a pool's size: a policy that changes what is written, or an autoscaler that writes over
/// it. What does not stay is written less and less often, and told. Confined to one thread at a time.
final class Contest {

    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(30), Duration.ofMinutes(10));
    /// What stayed so long was not written over by something that always is there.
    private static final Duration STAYED = Duration.ofMinutes(2);

    private int lost;
    private int got;
    /// In which direction it may not go; 0 for any.
    private int direction;
    private @Nullable String why;
    /// Since the last write.
    private @Nullable Wait written;
    /// Since the first write that nobody has written over.
    private @Nullable Wait tried;

    private Wait pause = Wait.OVER;

    /// A size was written and is what was asked for.
    void stays(Instant now) {
        if (direction != 0) {
            why = null;
            pause = Wait.OVER;
            lost = 0;
            direction = 0;
        }
        if (tried == null) {
            tried = Wait.of(now, STAYED);
        } else if (tried.isOver(now)) {
            why = null;
            lost = 0;
        }
        written = Wait.of(now, STAYED);
    }

    /// Kubernetes made another size of the one that was written.
    ///
    /// @param reason with the fix
    void overruled(int wanted, int made, String reason, Instant now) {
        lost = direction == 0 ? 1 : lost + 1;
        got = made;
        direction = Integer.signum(wanted - made);
        why = reason;
        pause = Wait.of(now, PAUSES.doubled(lost));
    }

    /// Somebody wrote another size over the one that was written. Once is a person's hand.
    ///
    /// @param writers who did, as Kubernetes knows them
    /// @param mode of the pool
    void overwritten(int mine, int theirs, Collection<String> writers, ScalingMode mode, Instant now) {
        boolean soon = written != null && !written.isOver(now);
        lost = soon && direction == 0 ? lost + 1 : 1;
        direction = 0;
        tried = null;
        why = lost == 1
                ? null
                : "something else sets the size of the Deployment: of %d pods it made %d%s; %s"
                        .formatted(
                                mine,
                                theirs,
                                writers.isEmpty() ? "" : " (" + String.join(", ", writers) + ")",
                                fix(mode));
        pause = lost == 1 ? Wait.OVER : Wait.of(now, PAUSES.doubled(lost - 1));
    }

    private static String fix(ScalingMode mode) {
        return switch (mode) {
            case OFF ->
                "remove spec.replicas of the pool, or have the HorizontalPodAutoscaler or ScaledObject name the TaskWorkerPool in scaleTargetRef";
            case AUTO, RECOMMEND ->
                "delete the HorizontalPodAutoscaler or ScaledObject that names the Deployment, or let it decide with scaling.mode \"Off\"";
        };
    }

    /// Whether this size is not to be written now.
    boolean holds(int size, int wanted, Instant now) {
        boolean same = direction == 0 || (size == got && Integer.signum(wanted - got) == direction);
        return same && !pause.isOver(now);
    }

    /// Why the pool has not the size that was decided, with the fix; null where nobody hinders it.
    ///
    /// @param reached whether it has that size
    @Nullable
    String hindrance(boolean reached, Instant now) {
        if (direction != 0) {
            return reached ? null : why;
        }
        var from = tried == null ? written : tried;
        boolean trial = from == null || !from.isOver(now);
        return trial || holds(0, 0, now) ? why : null;
    }
}
