package dev.jtask.local.kubernetes.node;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a pod's process is.
///
/// @param restarts how often it was started again
/// @param exit how its process ended the last time; null while it never did
/// @param readyChanged when the pod became ready or ceased to be
record Progress(State state, int restarts, @Nullable Exit exit, Instant readyChanged) {

    sealed interface State {

        /// @param reason one word, in Kubernetes' vocabulary
        /// @param message why, with the fix where there is one
        record Waiting(String reason, String message) implements State {}

        record Running(long pid, Instant since, PodFacts.Readiness readiness) implements State {}

        record Ended(Exit exit) implements State {}
    }

    /// @param code the process's exit code, 128 + signal when a signal ended it
    record Exit(int code, Instant started, Instant ended) {}

    static Progress created(Instant now) {
        return new Progress(new State.Waiting("ContainerCreating", ""), 0, null, now);
    }

    Optional<Exit> lastExit() {
        return Optional.ofNullable(exit);
    }

    PodFacts.Readiness readiness() {
        return state instanceof State.Running running ? running.readiness() : PodFacts.Readiness.NOT_READY;
    }

    Progress with(State next, Instant now) {
        var changed = new Progress(next, restarts, exit, readyChanged);
        return changed.readiness() == readiness() ? changed : new Progress(next, restarts, exit, now);
    }

    Progress exited(Exit exit) {
        return new Progress(state, restarts, exit, readyChanged);
    }

    Progress restarted() {
        return new Progress(state, restarts + 1, exit, readyChanged);
    }
}
