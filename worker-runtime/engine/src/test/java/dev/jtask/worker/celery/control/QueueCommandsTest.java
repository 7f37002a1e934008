package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueCommandsTest {

    private final FakeQueues queues = new FakeQueues("orders");

    @Test
    void addsAndRemovesQueues() {
        assertThat(answer("add_consumer", "{'queue': 'more', 'exchange': null, 'exchange_type': 'direct'}"))
                .isEqualTo("add consumer more");
        assertThat(queues.consumed).containsExactly(Inlet.of("orders"), Inlet.of("more"));
        assertThat(answer("cancel_consumer", "{'queue': 'orders'}")).isEqualTo("no longer consuming from orders");
        assertThat(queues.consumed).containsExactly(Inlet.of("more"));
    }

    @Test
    void bindsAQueueToTheExchangeThatIsAskedFor() {
        answer("add_consumer", "{'queue': 'q', 'exchange': 'x', 'exchange_type': 'topic', 'routing_key': 'a.#'}");
        assertThat(queues.consumed).contains(new Inlet("q", "x", "topic", "a.#"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'queue': null}", "{'queue': ''}", "{'queue': 7}", "{'queue': 'q', 'exchange': []}"})
    void refusesWhatIsNoQueue(String arguments) {
        assertThat(answer("add_consumer", arguments)).startsWith("! ValueError(");
        assertThat(queues.consumed).containsExactly(Inlet.of("orders"));
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThat(answer("add_consumer", "{'queue': '%s'}".formatted("x".repeat(300))))
                .isEqualTo("! ValueError('queue may have at most 255 bytes')");
        assertThat(answer("add_consumer", "{'queue': '%s'}".formatted("x".repeat(247))))
                .as("no room for suspects")
                .contains("it may have 246");
    }

    @Test
    void refusesNamesThatLeaveNoRoomForSuspects() {
        assertThat(answer("add_consumer", "{'queue': '%s'}".formatted("x".repeat(250))))
                .startsWith("! ValueError('queue xxx")
                .contains("for suspects it may have 246");
        assertThat(queues.consumed).containsExactly(Inlet.of("orders"));
    }

    @Test
    void passesTheBrokersWordsOn() {
        queues.refusal = "ACCESS_REFUSED - queue name 'amq.x' contains reserved prefix 'amq.*'";
        assertThat(answer("add_consumer", "{'queue': 'amq.x'}"))
                .startsWith("! OSError(")
                .contains("ACCESS_REFUSED", "reserved prefix");
        assertThat(queues.consumed).containsExactly(Inlet.of("orders"));
    }

    private String answer(String method, String arguments) {
        return Samples.answer(QueueCommands.of(queues), method, arguments);
    }
}
