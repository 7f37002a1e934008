package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.ResultMessage;
import dev.jtask.protocol.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final Waiting waiting = new Waiting();

    @Test
    void a_handle_waits_until_its_task_has_ended() {
        var handle = handle("a");
        waiting.add(handle, START);

        assertThat(waiting.report(ResultMessage.of("a", TaskState.STARTED, NullNode.instance)))
                .isSameAs(handle);
        assertThat(waiting.size()).isEqualTo(1);
        waiting.report(ResultMessage.success("a", IntNode.valueOf(3)));
        assertThat(waiting.size()).isZero();
        assertThat(handle.get(Duration.ZERO)).isEqualTo(3);
    }

    @Test
    void a_state_that_is_read_late_does_not_undo_the_end() {
        var handle = handle("a");
        handle.report(ResultMessage.success("a", IntNode.valueOf(3)));
        handle.report(ResultMessage.of("a", TaskState.STARTED, NullNode.instance));

        assertThat(handle.status()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void what_never_comes_is_given_up_after_a_day() {
        var old = handle("old");
        waiting.add(old, START);
        waiting.add(handle("young"), START.plus(Duration.ofHours(23)));
        assertThat(waiting.size()).isEqualTo(2);

        assertThat(waiting.add(handle("new"), START.plus(Duration.ofHours(25)))).containsExactly(old);
        assertThat(waiting.size()).isEqualTo(2);
        assertThatThrownBy(() -> old.get(Duration.ZERO))
                .hasMessageContaining("no result of task old came within PT24H");
    }

    private static TaskHandle<Integer> handle(String id) {
        return new TaskHandle<>(id, "here", Integer.class, new TaskHandle.Control() {
            @Override
            public void revoke(String... tasks) {}

            @Override
            public void terminate(String... tasks) {}
        });
    }
}
