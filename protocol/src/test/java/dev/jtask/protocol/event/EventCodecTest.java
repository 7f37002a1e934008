package dev.jtask.protocol.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.908525Z");
    private static final Event.Origin ORIGIN = new Event.Origin("w1@h", 12, -1);

    @Test
    void anEventLooksLikeCelerys() {
        var event = Event.of(new TaskEvent.Started(), "t-1", ORIGIN, NOW, 62);
        var message = EventCodec.encode(event);

        assertThat(new String(message.body(), StandardCharsets.UTF_8)).isEqualTo("""
                {"type":"task-started","timestamp":1.795435200908525E9,"hostname":"w1@h","utcoffset":-1,"pid":12,\
                "clock":62,"uuid":"t-1"}""");
        assertThat(message.properties().headers()).isEqualTo(Map.of("hostname", "w1@h"));
        assertThat(message.properties().deliveryMode()).isEqualTo(WireProperties.TRANSIENT);
        assertThat(EventCodec.decode(message).events()).containsExactly(event);
    }

    @Test
    void severalTravelInOneMessage() {
        var events = List.of(
                Event.of(new TaskEvent.Started(), "t-1", ORIGIN, NOW, 62),
                Event.of(
                        new TaskEvent.Succeeded(IntNode.valueOf(5), Duration.ofMillis(17)),
                        "t-1",
                        ORIGIN,
                        NOW.plusMillis(17),
                        63));

        assertThat(EventCodec.decode(EventCodec.encode(events)).events()).isEqualTo(events);
    }

    /// As captured from celery 5.6.3.
    @Test
    void celerysOwnEventIsRead() {
        var event = EventCodec.decode(message("""
                        [{"type":"task-succeeded","hostname":"w1@h","utcoffset":0,"pid":12,"clock":62,
                          "timestamp":1795425601.9,"uuid":"t-1","result":"5","runtime":0.017}]""")).events().get(0);

        assertThat(event.type()).isEqualTo("task-succeeded");
        assertThat(event.origin()).isEqualTo(new Event.Origin("w1@h", 12, 0));
        assertThat(event.time()).isEqualTo(Instant.ofEpochSecond(1795425601L, 900_000_000));
        assertThat(event.fields()).hasToString("{\"uuid\":\"t-1\",\"result\":\"5\",\"runtime\":0.017}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5                                                        | an event is an object with type and hostname",
                "[{}]                                                     | an event is an object with type and hostname",
                "{\"type\":\"a\",\"hostname\":5}                          | an event is an object with type and hostname",
                "{\"type\":\"a\",\"hostname\":\"h\"}                      | timestamp must be seconds since 1970",
                "{\"type\":\"a\",\"hostname\":\"h\",\"timestamp\":1e300}  | timestamp must be seconds since 1970",
                "{\"type\":\"a\",\"hostname\":\"h\",\"timestamp\":1,\"utcoffset\":4294967296} | utcoffset must be a whole number of at most 24",
                "{\"type\":\"a\",\"hostname\":\"h\",\"timestamp\":1,\"clock\":\"7\"} | clock must be a whole number",
                "{\"type\":                                               | the body is not JSON"
            })
    void whatIsNoEventIsRefusedWithAReason(String body, String reason) {
        var read = EventCodec.decode(message(body));

        assertThat(read.events()).isEmpty();
        assertThat(read.refused())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains(reason);
    }

    @Test
    void whatIsNoEventTakesNoneOfTheOthersWithIt() {
        var read = EventCodec.decode(message("[5,{\"type\":\"a-b\",\"hostname\":\"h\",\"timestamp\":1},{}]"));

        assertThat(read.events()).extracting(Event::type).containsExactly("a-b");
        assertThat(read.refused()).hasSize(2);
    }

    private static WireMessage message(String body) {
        return new WireMessage(
                WireProperties.json(WireProperties.TRANSIENT, Map.of()), body.getBytes(StandardCharsets.UTF_8));
    }
}
