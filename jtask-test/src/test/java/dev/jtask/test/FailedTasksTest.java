package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.DeadLetter;
import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import org.junit.jupiter.api.Test;

@JTaskTest
class FailedTasksTest {

    @TaskBean
    final Payments payments = new Payments();

    /// Fails at debts.
    public static class Payments {

        @Task(value = "payments.charge", keepFailed = true)
        public int charge(int amount) {
            if (amount < 0) {
                throw new IllegalArgumentException("a debt");
            }
            return amount;
        }
    }

    @Test
    void aFailedTaskIsSeenMendedAndSentBack(TaskClient client, JTask jtask) {
        var id = client.send("payments.charge", -1).id();
        client.send("payments.charge", -2);
        jtask.runDue();

        assertThat(jtask.failedTasks())
                .extracting(DeadLetter::exceptionType)
                .containsExactly("IllegalArgumentException", "IllegalArgumentException");
        assertThat(jtask.deadLetters()).isEmpty();
        var failed = client.failedTasks("celery");
        try (var pages = failed.pages(1)) {
            assertThat(pages.next()).extracting(DeadLetter::id).containsExactly(id);
            assertThat(pages.next()).hasSize(1);
            assertThat(pages.next()).isEmpty();
        }
        assertThat(failed.sendBack(letter -> letter.id().equals(id), edit -> edit.withArgs(5)))
                .isEqualTo(1);
        jtask.runDue();

        jtask.assertRun("payments.charge").succeeded().once();
        assertThat(jtask.failedTasks()).hasSize(1);
    }
}
