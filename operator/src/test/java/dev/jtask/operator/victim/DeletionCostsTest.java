package dev.jtask.operator.victim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeletionCostsTest {

    private final List<Pod> pods = List.of(pod("idle"), pod("half"), pod("silent"));
    private final Map<String, Integer> busy = Map.of("idle", 0, "half", 2);

    @Test
    void withEnoughIdlePodsOnlyThoseAreMarked() {
        assertThat(costs(1)).isEqualTo(Map.of("idle", "-1"));
    }

    @Test
    void withoutEnoughOfThemPodsCostWhatTheyRunAndAnUnknownOneCountsAsFull() {
        assertThat(costs(2)).isEqualTo(Map.of("idle", "-1", "half", "2", "silent", "4"));
    }

    @Test
    void aPodThatBecameBusyLosesItsMark() {
        var marked = pod("half")
                .edit()
                .editMetadata()
                .addToAnnotations(DeletionCosts.ANNOTATION, "-1")
                .endMetadata()
                .build();

        assertThat(DeletionCosts.changes(List.of(pods.getFirst(), marked), busy, 4, 1, new Marks()).entrySet().stream()
                        .collect(Collectors.toMap(e -> e.getKey().getMetadata().getName(), Map.Entry::getValue)))
                .isEqualTo(Map.of("idle", "-1", "half", "0"));
    }

    private Map<String, String> costs(int leaving) {
        return DeletionCosts.changes(pods, busy, 4, leaving, new Marks()).entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().getMetadata().getName(), Map.Entry::getValue));
    }

    private static Pod pod(String name) {
        return new PodBuilder().withNewMetadata().withName(name).endMetadata().build();
    }
}
