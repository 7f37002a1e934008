package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A broker that answers every other look makes news of every pool at every look.
class StatusBudgetTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final StatusBudget budget = new StatusBudget(Duration.ofSeconds(30));
    private @Nullable TaskWorkerPoolStatus stored;

    @Test
    void theFirstNewsAreWrittenAtOnce() {
        assertThat(writes(0, 20)).isEqualTo(4);
    }

    @Test
    void whatTurnsAtEveryLookIsWrittenLessOften() {
        assertThat(writes(0, 600)).isBetween(20, 26);
    }

    @Test
    void newsAfterACalmMinuteAreWrittenAtOnceAgain() {
        writes(0, 120);
        stored = status("True", 1, 1L);

        assertThat(writes(240, 20)).isEqualTo(4);
    }

    @Test
    void anotherSizeAndTheAnswerToAnotherSpecNeverWait() {
        writes(0, 60);
        for (int second = 60; second < 120; second += 5) {
            stored = status("True", 1, 1L);
            assertThat(waits(status("False", 2, 1L), second)).isZero();
            stored = status("True", 1, 1L);
            assertThat(waits(status("False", 1, 2L), second)).isZero();
        }
    }

    @Test
    void aPoolThatIsSizedOftenTellsOfItsBrokerAtOnce() {
        for (int second = 0; second < 60; second += 5) {
            stored = status("True", second, 1L);
            assertThat(waits(status("True", second + 1, 1L), second)).isZero();
        }

        stored = status("True", 56, 1L);
        assertThat(waits(status("False", 56, 1L), 60)).isZero();
    }

    /// @return how many were written of those that turn a condition every five seconds
    private int writes(int from, int seconds) {
        int writes = 0;
        for (int second = from; second < from + seconds; second += 5) {
            var next = status(second % 10 == 0 ? "False" : "True", 1, 1L);
            var waits = budget.waits(Parts.SHOP, stored, next, NOW.plusSeconds(second));
            if (waits.isPresent() && waits.get().isZero()) {
                stored = next;
                writes++;
            }
        }
        return writes;
    }

    private Duration waits(TaskWorkerPoolStatus next, int second) {
        return budget.waits(Parts.SHOP, stored, next, NOW.plusSeconds(second)).orElseThrow();
    }

    private static TaskWorkerPoolStatus status(String reachable, int replicas, long generation) {
        Condition condition = new ConditionBuilder()
                .withType("BrokerReachable")
                .withStatus(reachable)
                .withReason(reachable.equals("True") ? "Answering" : "BrokerUnreachable")
                .withMessage("")
                .build();
        return new TaskWorkerPoolStatus(generation, replicas, replicas, "", 0L, List.of(), null, List.of(condition));
    }
}
