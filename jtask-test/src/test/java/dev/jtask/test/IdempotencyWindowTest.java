package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@JTaskTest(results = JTaskTest.Results.KEPT)
class IdempotencyWindowTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final TaskRequest<Integer> ONCE =
            TaskRequest.of("sums.once").returning(Integer.class).idempotencyKey("order-1", HOUR);

    @TaskBean
    final KeptResultsTest.Sums sums = new KeptResultsTest.Sums();

    @Test
    void aKeyIsFreeAgainAfterItsWindow(TaskClient client, JTask jtask) {
        assertThat(client.send(ONCE).get(HOUR)).isEqualTo(1);

        jtask.advance(HOUR.minusSeconds(1));
        assertThat(client.send(ONCE).get(HOUR)).isEqualTo(1);
        jtask.advance(Duration.ofSeconds(2));
        assertThat(client.send(ONCE).get(HOUR)).isEqualTo(2);
    }

    /// What a worker with `rpc://` refuses is refused here as well.
    @Nested
    @JTaskTest
    class OverRpc {

        @Test
        void aKeyIsRefused(TaskClient client) {
            var once = client.send(ONCE);

            assertThatThrownBy(() -> once.get(HOUR))
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("JTASK_RESULT_BACKEND");
        }

        @Test
        void aChordIsRefused(TaskClient client) {
            var chord = new Chord<>(Group.of(TaskRequest.of("sums.square", 3)), TaskRequest.of("sums.sum"));

            assertThatThrownBy(() -> client.send(chord)).isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void aHandleByIdIsRefused(TaskClient client) {
            assertThatThrownBy(() -> client.handle("a", Integer.class))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
