package dev.jtask.operator.fake;

import dev.jtask.operator.victim.PodAnnotator;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/// Writes down what pods are marked with.
public final class RecordingAnnotator implements PodAnnotator {

    private final Journal journal;
    private volatile @Nullable KubernetesClientException failure;

    public RecordingAnnotator(Journal journal) {
        this.journal = journal;
    }

    public void failWith(@Nullable KubernetesClientException e) {
        failure = e;
    }

    @Override
    public void annotate(Pod pod, String key, String value) {
        var thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        journal.write("mark %s %s".formatted(pod.getMetadata().getName(), value));
    }
}
