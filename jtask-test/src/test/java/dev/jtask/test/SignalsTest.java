package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.SignalTimeoutException;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@JTaskTest(SignalsTest.Orders.class)
class SignalsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /// Tasks that wait for an answer.
    public static class Orders {

        @Task("orders.approve")
        public String approve(int amount, TaskContext context) {
            try {
                var by = context.awaitSignal("approval", String.class, Duration.ofDays(2));
                var paid = context.awaitSignal("payment", Integer.class, HOUR);
                return "%s, %d of %d".formatted(by, paid, amount);
            } catch (SignalTimeoutException e) {
                return "no " + e.signal();
            }
        }
    }

    @Test
    void aTaskGoesOnWithEachSignal(TaskClient client, JTask jtask) {
        var handle = send(client);
        jtask.advance(Duration.ofDays(1));
        assertThat(handle.status()).isEqualTo("WAITING");
        assertThat(jtask.waiting()).extracting(WaitingTask::id).containsExactly(handle.id());

        client.signal(handle.id(), "approval", "Ada");
        jtask.advance(Duration.ofMinutes(59));
        client.signal(handle.id(), "payment", 7);
        assertThat(handle.get(HOUR)).isEqualTo("Ada, 7 of 9");
        assertThat(jtask.waiting()).isEmpty();
    }

    @Test
    void aSignalMayComeFirstAndTheFirstCounts(TaskClient client) {
        assertThat(client.signal("order-1", "approval", "Ada")).isTrue();
        assertThat(client.signal("order-1", "approval", "Bob")).isFalse();
        client.signal("order-1", "payment", 9);
        var request = TaskRequest.of("orders.approve", 9).returning(String.class);

        assertThat(client.send(request, "order-1").get(HOUR)).isEqualTo("Ada, 9 of 9");
    }

    @Test
    void aTaskGoesOnWhenTheTimeIsOver(TaskClient client, JTask jtask) {
        var handle = send(client);
        jtask.advance(Duration.ofDays(2));
        assertThat(handle.get(HOUR)).isEqualTo("no approval");

        var other = send(client);
        client.signal(other.id(), "approval", "Ada");
        jtask.advance(HOUR);
        assertThat(other.get(HOUR)).isEqualTo("no payment");
    }

    private static TaskHandle<String> send(TaskClient client) {
        return client.send(TaskRequest.of("orders.approve", 9).returning(String.class));
    }
}
