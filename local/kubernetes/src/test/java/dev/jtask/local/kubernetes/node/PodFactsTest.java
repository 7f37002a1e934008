package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.node.PodFacts.Readiness;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodFactsTest {

    @Test
    void areReadOffAPod() {
        assertThat(facts(Map.of()))
                .isEqualTo(new PodFacts("p", "hash", Readiness.READY, 0, Instant.parse("2026-01-01T10:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({"-7, -7", "12, 12", "cheap, 0", "99999999999, 0"})
    void takeOnlyNumbersForTheCost(String annotation, int cost) {
        assertThat(facts(Map.of(PodFacts.DELETION_COST, annotation)).deletionCost())
                .isEqualTo(cost);
    }

    private static PodFacts facts(Map<String, String> annotations) {
        return PodFacts.of(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("p")
                        .withCreationTimestamp("2026-01-01T10:00:00Z")
                        .withLabels(Map.of("pod-template-hash", "hash"))
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build(),
                Readiness.READY);
    }
}
