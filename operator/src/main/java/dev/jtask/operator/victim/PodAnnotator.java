package dev.jtask.operator.victim;

import io.fabric8.kubernetes.api.model.Pod;

/// Annotates pods.
public interface PodAnnotator {

    /// Does nothing when the pod is gone.
    void annotate(Pod pod, String key, String value);
}
