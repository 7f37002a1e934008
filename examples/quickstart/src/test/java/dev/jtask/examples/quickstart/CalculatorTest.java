package dev.jtask.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.test.JTask;
import dev.jtask.test.JTaskTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The calculator in the worker of production, without a broker and without waiting.
@JTaskTest(Calculator.class)
class CalculatorTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void adds(TaskClient client) {
        assertThat(client.send("tasks.add", 4, 6).get(SOON).intValue()).isEqualTo(10);
    }

    @Test
    void triesADivisionByZeroTwiceMore(TaskClient client, JTask jtask) {
        var division = client.send("tasks.divide", 1, 0);

        assertThatThrownBy(() -> division.get(SOON))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("/ by zero");
        jtask.assertRun("tasks.divide").retriedAfter(Duration.ofSeconds(2)).times(2);
        jtask.assertRun("tasks.divide")
                .failedWith(ArithmeticException.class)
                .attempt(3)
                .once();
    }

    @Test
    void printsInItsTime(TaskClient client, JTask jtask) {
        client.send(TaskRequest.of("tasks.print", "later").countdown(Duration.ofHours(1)));

        jtask.advance(Duration.ofMinutes(59));
        assertThat(jtask.runs()).isEmpty();
        jtask.advance(Duration.ofMinutes(1));
        jtask.assertRun("tasks.print").succeeded().once();
    }
}
