package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pods;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodReadinessTest {

    @Test
    void aPodIsReadyWhenItSaysSo() {
        assertThat(PodReadiness.isReady(Pods.ready("a"))).isTrue();
        assertThat(PodReadiness.isReady(Pods.starting("a"))).isFalse();
        assertThat(PodReadiness.isReady(new PodBuilder().build())).isFalse();
    }

    @Test
    void theStartUpIsFromCreationToReadiness() {
        assertThat(PodReadiness.startUp(Pods.ready("slow", Duration.ofSeconds(90))))
                .hasValue(Duration.ofSeconds(90));
        assertThat(PodReadiness.startUp(Pods.starting("young"))).isEmpty();
    }
}
