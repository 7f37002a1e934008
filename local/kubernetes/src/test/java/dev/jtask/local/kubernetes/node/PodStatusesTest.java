package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.node.PodFacts.Readiness;
import dev.jtask.local.kubernetes.node.Progress.Exit;
import dev.jtask.local.kubernetes.node.Progress.State;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PodStatusesTest {

    private static final Instant START = Instant.parse("2026-01-01T10:00:00.5Z");
    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .withCreationTimestamp("2026-01-01T10:00:00Z")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("worker")
            .withImage("thumbnails:1")
            .endContainer()
            .endSpec()
            .build();

    @Test
    void becomesReadyAtTheTimeItDid() {
        var running = Progress.created(START)
                .with(new State.Running(7, START, Readiness.NOT_READY), START.plusSeconds(1))
                .with(new State.Running(7, START, Readiness.READY), START.plusSeconds(3));

        var status = PodStatuses.of(POD, "127.64.0.1", running);

        assertThat(status.getPhase()).isEqualTo("Running");
        assertThat(status.getPodIP()).isEqualTo("127.64.0.1");
        assertThat(status.getConditions())
                .filteredOn(condition -> condition.getType().equals("Ready"))
                .singleElement()
                .satisfies(ready -> {
                    assertThat(ready.getStatus()).isEqualTo("True");
                    assertThat(ready.getLastTransitionTime()).isEqualTo("2026-01-01T10:00:03Z");
                });
    }

    @Test
    void tellsHowAProcessEndedWhileItWaitsToStartAgain() {
        var crashed = Progress.created(START)
                .exited(new Exit(137, START, START.plusSeconds(9)))
                .restarted()
                .with(new State.Waiting("CrashLoopBackOff", "back-off 1 s"), START.plusSeconds(9));

        var container = container(PodStatuses.of(POD, "127.64.0.1", crashed));

        assertThat(container.getRestartCount()).isEqualTo(1);
        assertThat(container.getReady()).isFalse();
        assertThat(container.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(137);
    }

    @Test
    void endsWithTheExitCode() {
        var ended = Progress.created(START).with(new State.Ended(new Exit(0, START, START)), START);

        var status = PodStatuses.of(POD, "127.64.0.1", ended);

        assertThat(status.getPhase()).isEqualTo("Succeeded");
        assertThat(container(status).getState().getTerminated().getReason()).isEqualTo("Completed");
    }

    private static ContainerStatus container(PodStatus status) {
        return status.getContainerStatuses().getFirst();
    }
}
