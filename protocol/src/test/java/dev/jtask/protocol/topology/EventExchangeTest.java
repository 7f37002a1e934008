package dev.jtask.protocol.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.Route;
import org.junit.jupiter.api.Test;

class EventExchangeTest {

    @Test
    void anEventsTypeIsItsRoutingKeyWithDots() {
        assertThat(EventExchange.route("worker-elect-ack")).isEqualTo(new Route("celeryev", "worker.elect.ack"));
        assertThat(EventExchange.route(EventExchange.BATCH)).isEqualTo(new Route("celeryev", "task.multi"));
    }

    @Test
    void itIsDeclaredAsCeleryDeclaresIt() {
        assertThat(EventExchange.EVENTS.type().text()).isEqualTo("topic");
        assertThat(EventExchange.EVENTS.isDurable()).isTrue();
        assertThat(EventExchange.listener("4711")).isEqualTo("celeryev.4711");
    }
}
