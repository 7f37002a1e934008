package dev.jtask.autoscaler;

import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What keeps a pool from growing, small enough to be kept by somebody else: who decides after a restart holds it as
/// well.
///
/// @param failing runs of which most failed, null while the pool may grow
/// @param held what came of a growth that brought nothing, null where none did
/// @param measured what the pool brought before, by which a growth is judged; null when that is not known
public record Guards(
        @Nullable Runs failing,
        @Nullable Held held,
        @Nullable Measured measured) {

    public static final Guards NONE = new Guards(null, null, null);

    /// A limit that a pool found by itself.
    ///
    /// @param pods that the pool is held to, null where the last judgement was wrong and none is made until then
    /// @param brought by the growth that was judged, in slots
    /// @param until when the pool may try again
    /// @param pause how long that was
    /// @param onTrial whether it tries again
    public record Held(@Nullable Integer pods, double brought, Instant until, Duration pause, boolean onTrial) {}

    /// What a pool of one size brought while all of its slots were busy.
    ///
    /// @param since when that began
    /// @param last when it was last seen so
    /// @param longestSeconds that a task was seen to take before
    /// @param work what was done between the two, by queue
    public record Measured(int pods, Instant since, Instant last, double longestSeconds, Map<String, Work> work) {
        public Measured {
            work = Map.copyOf(work);
        }
    }
}
