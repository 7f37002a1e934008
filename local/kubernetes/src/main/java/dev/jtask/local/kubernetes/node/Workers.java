package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/// Starts the process of a pod.
@FunctionalInterface
interface Workers {

    /// @param variables the whole environment
    Launch launch(Pod pod, Map<String, String> variables);

    /// What became of a start.
    sealed interface Launch {

        record Started(Process process) implements Launch {}

        /// @param reason one word, in Kubernetes' vocabulary
        /// @param message why, with the fix
        record Refused(String reason, String message) implements Launch {}
    }
}
