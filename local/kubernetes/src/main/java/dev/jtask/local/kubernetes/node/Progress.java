package dev.jtask.local.kubernetes.node;

import java.time.Instant;
import java.util.Optional;

/// How far a pod's process is.
///
/// @param restarts how often it was started again
/// @param lastExit how its process ended the last time
/// @param readyChanged when the pod became ready or ceased to be
record Progress(State state, int restarts, Optional<Exit> lastExit, Instant readyChanged) {

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
        return new Progress(new State.Waiting("ContainerCreating", ""), 0, Optional.empty(), now);
    }

    PodFacts.Readiness readiness() {
        return state instanceof State.Running running ? running.readiness() : PodFacts.Readiness.NOT_READY;
    }

    Progress with(State next, Instant now) {
        var changed = new Progress(next, restarts, lastExit, readyChanged);
        return changed.readiness() == readiness() ? changed : new Progress(next, restarts, lastExit, now);
    }

    Progress exited(Exit exit) {
        return new Progress(state, restarts, Optional.of(exit), readyChanged);
    }

    Progress restarted() {
        return new Progress(state, restarts + 1, lastExit, readyChanged);
    }
}
