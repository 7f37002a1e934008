package dev.jtask.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.OversizedException;
import dev.jtask.broker.OversizedMessages;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages to a client, readable or not.
@SuppressWarnings("NullAway.Init")
class ReplyQueueTest {

    private static final WireProperties JSON = WireProperties.json(WireProperties.TRANSIENT, Map.of());
    private static final String LARGE = "1".repeat(10_001);

    private Consumer<WireMessage> queue;
    private Consumer<OversizedException> unread;
    private Replies replies;

    @BeforeEach
    void open() throws IOException {
        replies = Replies.in(
                (name, receiver, tooLarge) -> {
                    queue = receiver;
                    unread = tooLarge;
                },
                Handling.usual(WaitingTest.CONTROL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'task_id': 'a', 'status': 'SUCCESS', 'result': %s}",
                "{'result': [{'x': 1}, %s], 'status': 'SUCCESS', 'task_id': 'a'}",
                "{'task_id': 'a', 'result': 5}",
                "no JSON",
            })
    void aResultThatCannotBeReadFailsTheHandleWithTheReason(String body) {
        TaskHandle<Integer> handle = replies.expect("a", "here", Integer.class, null);
        TaskHandle<Integer> other = replies.expect("b", "here", Integer.class, null);

        queue.accept(message(JSON.withCorrelationId("a"), body));

        assertThatThrownBy(() -> handle.get(Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("task a on queue 'here', PENDING: its result cannot be read: ")
                .hasCauseInstanceOf(IOException.class);
        assertThat(other.isReady()).isFalse();
    }

    @Test
    void aStateOnTheWayThatCannotBeReadIsPassedOver() {
        TaskHandle<Integer> handle = replies.expect("a", "here", Integer.class, null);

        queue.accept(message(JSON.withCorrelationId("a"), "{'task_id': 'a', 'status': 'PROGRESS', 'result': %s}"));
        assertThat(handle.isReady()).isFalse();

        queue.accept(message(JSON.withCorrelationId("a"), "{'task_id': 'a', 'status': 'SUCCESS', 'result': 3}"));
        assertThat(handle.get(Duration.ZERO)).isEqualTo(3);
    }

    @Test
    void aResultInAnotherFormatSaysWhatToSet() {
        TaskHandle<Integer> handle = replies.expect("a", "here", Integer.class, null);

        queue.accept(message(
                JSON.withContent("application/x-python-serialize", "binary").withCorrelationId("a"), "pickled"));

        assertThatThrownBy(() -> handle.get(Duration.ZERO)).hasMessageContaining("set result_serializer='json'");
    }

    @Test
    void aResultThatThereIsNoMemoryForFailsTheHandleWithItsSize() {
        TaskHandle<Integer> handle = replies.expect("a", "here", Integer.class, null);
        TaskHandle<Integer> other = replies.expect("b", "here", Integer.class, null);

        unread.accept(OversizedMessages.exception("a", 20_000_000));

        assertThatThrownBy(() -> handle.get(Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its result cannot be read: its body has 20000000 bytes");
        assertThat(other.isReady()).isFalse();
    }

    @Test
    void whatNamesNoTaskIsPassedOver() {
        TaskHandle<Integer> handle = replies.expect("a", "here", Integer.class, null);

        queue.accept(message(JSON, "no JSON"));
        queue.accept(message(JSON.withCorrelationId("nobody"), "no JSON"));

        assertThat(handle.isReady()).isFalse();
    }

    private static WireMessage message(WireProperties properties, String body) {
        return new WireMessage(
                properties, body.replace('\'', '"').replace("%s", LARGE).getBytes(StandardCharsets.UTF_8));
    }
}
