package dev.jtask.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static final Queues QUEUES = Queues.parse("both");

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(Workload.of(5, 1_000, QUEUES))
                .isEqualTo(Workload.of(5, 1_000, QUEUES))
                .isNotEqualTo(Workload.of(6, 1_000, QUEUES));
    }

    @Test
    void hasEveryShapeOnEveryQueueWhereItMayBe() {
        var errands = Workload.of(5, 20_000, QUEUES);

        assertThat(errands.stream().map(errand -> errand.shape().getClass()).collect(Collectors.toSet()))
                .hasSize(Errand.Shape.class.getPermittedSubclasses().length);
        assertThat(errands.stream().map(Errand::queue).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "chaos-classic-rpc", "chaos-quorum-rpc", "chaos-classic-redis", "chaos-quorum-redis");
        assertThat(errands.stream().filter(errand -> errand.shape() instanceof Errand.Joined))
                .allSatisfy(errand -> assertThat(QUEUES.keeping()).contains(errand.queue()));
        assertThat(errands.stream().filter(errand -> errand.shape() instanceof Errand.Oversized))
                .allSatisfy(errand -> assertThat(QUEUES.answering()).contains(errand.queue()));
    }

    @Test
    void anErrandSaysWhatBecomesOfEachOfItsTasks() {
        for (var errand : Workload.of(5, 2_000, QUEUES)) {
            assertThat(errand.expected()).hasSize(errand.tasks());
        }
        var chord = new Errand("k", "chaos-classic-redis", new Errand.Joined(2), 3);
        assertThat(chord.expected())
                .containsExactly(
                        new Expected("k.1", 1, List.of(), Expected.End.DONE),
                        new Expected("k.2", 1, List.of(), Expected.End.DONE),
                        new Expected("k.3", 1, List.of("k.1", "k.2"), Expected.End.DONE));
    }
}
