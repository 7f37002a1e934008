package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.node.PodFacts.Readiness;
import dev.jtask.local.kubernetes.node.Progress.Exit;
import dev.jtask.local.kubernetes.node.Progress.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final Progress created = Progress.created(START);

    @Test
    void isNotReadyBeforeItRuns() {
        assertThat(created.readiness()).isEqualTo(Readiness.NOT_READY);
        assertThat(created.with(running(Readiness.READY), START).readiness()).isEqualTo(Readiness.READY);
    }

    @Test
    void remembersWhenReadinessChangedAndNotWhenTheStateDid() {
        var running = created.with(running(Readiness.NOT_READY), START.plusSeconds(1));
        var ready = running.with(running(Readiness.READY), START.plusSeconds(2));

        assertThat(running.readyChanged()).isEqualTo(START);
        assertThat(ready.readyChanged()).isEqualTo(START.plusSeconds(2));
        assertThat(ready.with(running(Readiness.READY), START.plusSeconds(3)).readyChanged())
                .isEqualTo(START.plusSeconds(2));
    }

    @Test
    void countsRestartsAndKeepsTheLastExit() {
        var exit = new Exit(1, START, START.plusSeconds(5));

        var again = created.exited(exit).restarted().with(running(Readiness.NOT_READY), START);

        assertThat(again.restarts()).isEqualTo(1);
        assertThat(again.lastExit()).hasValue(exit);
    }

    private static State running(Readiness readiness) {
        return new State.Running(7, START, readiness);
    }
}
