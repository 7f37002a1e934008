package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pods;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodReadinessTest {

    @Test
    void aPodIsReadyWhenItSaysSo() {
        assertThat(PodReadiness.isReady(Pods.ready("a"))).isTrue();
        assertThat(PodReadiness.isReady(Pods.starting("a"))).isFalse();
        assertThat(PodReadiness.isReady(new PodBuilder().build())).isFalse();
    }

    @Test
    void theStartUpIsTheMedianOfThoseThatAreReady() {
        var pods = List.of(
                Pods.starting("young"),
                Pods.ready("slow", Duration.ofSeconds(90)),
                Pods.ready("a", Duration.ofSeconds(6)),
                Pods.ready("b", Duration.ofSeconds(4)));

        assertThat(PodReadiness.startUp(pods)).hasValue(Duration.ofSeconds(6));
    }

    @Test
    void aPodThatBecameReadyLongAfterItsStartSaysNothing() {
        assertThat(PodReadiness.startUp(List.of(Pods.ready("again", Duration.ofMinutes(10)))))
                .isEmpty();
        assertThat(PodReadiness.startUp(List.of())).isEmpty();
    }
}
