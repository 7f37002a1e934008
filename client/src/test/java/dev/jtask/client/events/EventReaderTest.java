package dev.jtask.client.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.events.CeleryEvent.Call;
import dev.jtask.client.events.CeleryEvent.OfWorker;
import dev.jtask.client.events.CeleryEvent.Revoked.Reason;
import dev.jtask.client.events.CeleryEvent.Source;
import dev.jtask.protocol.event.EventCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final String HEAD =
            "\"hostname\":\"w1@h\",\"utcoffset\":-1,\"pid\":12,\"clock\":62,\"timestamp\":1.5";
    private static final List<String> TYPES = List.of(
            "task-sent",
            "task-received",
            "task-started",
            "task-succeeded",
            "task-failed",
            "task-retried",
            "task-revoked",
            "task-rejected",
            "worker-online",
            "worker-heartbeat",
            "worker-offline",
            "worker-elect");
    private static final List<String> FIELDS = List.of(
            "uuid",
            "name",
            "args",
            "retries",
            "eta",
            "root_id",
            "queue",
            "result",
            "runtime",
            "exception",
            "traceback",
            "terminated",
            "expired",
            "requeue",
            "active",
            "processed",
            "loadavg",
            "freq",
            "sw_ident");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "1e999",
            "-1e999",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "[]",
            "[[1]]",
            "[1e999]",
            "{}",
            "{\"a\":1}");
    private static final Source SOURCE = new Source("w1@h", 12, Instant.ofEpochMilli(1500), 62);

    @Test
    void whatATaskIsComesWithItsMessage() {
        assertThat(read("task-received", """
                "uuid":"t-1","name":"p.add","args":"(4, 6)","kwargs":"{}","root_id":"t-0","parent_id":null,"retries":1,\
                "eta":"2026-11-26T12:00:00+00:00","expires":null"""))
                .isEqualTo(new CeleryEvent.Received(
                        SOURCE,
                        "t-1",
                        new Call(
                                "p.add", "(4, 6)", "{}", 1, Instant.parse("2026-11-26T12:00:00Z"), null, "t-0", null)));
    }

    @Test
    void whatWasSentSaysWhere() {
        assertThat(read("task-sent", """
                "uuid":"t-1","name":"p.add","queue":"math","exchange":"","routing_key":"math\""""))
                .isEqualTo(new CeleryEvent.Sent(
                        SOURCE, "t-1", new Call("p.add", "", "", 0, null, null, null, null), "math", "", "math"));
    }

    @Test
    void theStoryOfATaskIsRead() {
        assertThat(read("task-started", "\"uuid\":\"t-1\"")).isEqualTo(new CeleryEvent.Started(SOURCE, "t-1"));
        assertThat(read("task-succeeded", "\"uuid\":\"t-1\",\"result\":\"10\",\"runtime\":0.017"))
                .isEqualTo(new CeleryEvent.Succeeded(SOURCE, "t-1", "10", Duration.ofMillis(17)));
        assertThat(read("task-failed", "\"uuid\":\"t-1\",\"exception\":\"ValueError('boom', 42)\""))
                .isEqualTo(new CeleryEvent.Failed(SOURCE, "t-1", "ValueError('boom', 42)", ""));
        assertThat(read("task-retried", "\"uuid\":\"t-1\",\"exception\":\"E()\",\"traceback\":\"at\""))
                .isEqualTo(new CeleryEvent.Retried(SOURCE, "t-1", "E()", "at"));
        assertThat(read("task-rejected", "\"uuid\":\"t-1\",\"requeue\":true"))
                .isEqualTo(new CeleryEvent.Rejected(SOURCE, "t-1", true));
    }

    @Test
    void whyATaskWasRevokedIsOneOfThree() {
        assertThat(read("task-revoked", "\"uuid\":\"t-1\",\"terminated\":true,\"signum\":15,\"expired\":false"))
                .isEqualTo(new CeleryEvent.Revoked(SOURCE, "t-1", Reason.TERMINATED));
        assertThat(read("task-revoked", "\"uuid\":\"t-1\",\"terminated\":false,\"signum\":null,\"expired\":true"))
                .isEqualTo(new CeleryEvent.Revoked(SOURCE, "t-1", Reason.EXPIRED));
        assertThat(read("task-revoked", "\"uuid\":\"t-1\""))
                .isEqualTo(new CeleryEvent.Revoked(SOURCE, "t-1", Reason.REQUESTED));
    }

    @Test
    void aWorkerTellsItsFigures() {
        assertThat(read("worker-heartbeat", """
                "freq":2.0,"active":3,"processed":4711,"loadavg":[0.5,1,2.25],"sw_ident":"py-celery","sw_ver":"5.6.3",\
                "sw_sys":"Linux\""""))
                .isEqualTo(new OfWorker(
                        SOURCE,
                        OfWorker.Moment.HEARTBEAT,
                        3,
                        4711,
                        List.of(0.5, 1.0, 2.25),
                        Duration.ofSeconds(2),
                        "py-celery",
                        "5.6.3"));
        assertThat(read("worker-offline", "\"freq\":2.0")).isInstanceOf(OfWorker.class);
    }

    @Test
    void whatIsUnknownKeepsItsFields() {
        assertThat(read("task-progress", "\"uuid\":\"t-1\",\"percent\":50"))
                .isInstanceOfSatisfying(CeleryEvent.Other.class, other -> {
                    assertThat(other.source()).isEqualTo(SOURCE);
                    assertThat(other.type()).isEqualTo("task-progress");
                    assertThat(other.fields()).hasToString("{\"uuid\":\"t-1\",\"percent\":50}");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":\"without an id\"",
                "\"uuid\":\"t-1\"",
                "\"uuid\":7,\"name\":\"n\"",
                "\"uuid\":\"t-1\",\"name\":\"n\",\"args\":[4,6]",
                "\"uuid\":\"t-1\",\"name\":\"n\",\"eta\":\"soon\"",
                "\"uuid\":\"t-1\",\"name\":\"n\",\"retries\":-1",
                "\"uuid\":\"t-1\",\"name\":\"n\",\"retries\":99999999999999999999"
            })
    void whatHasNotTheFieldsOfItsTypeIsKeptAsItIs(String fields) {
        assertThat(read("task-received", fields)).isInstanceOf(CeleryEvent.Other.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e300", "-1", "\"0.5\"", "[]"})
    void noTimeOfARunMakesNoSuccess(String runtime) {
        assertThat(read("task-succeeded", "\"uuid\":\"t-1\",\"runtime\":" + runtime))
                .isInstanceOf(CeleryEvent.Other.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"loadavg\":5", "\"loadavg\":[\"a\"]", "\"active\":true", "\"sw_ver\":{}"})
    void noFiguresMakeNoWorker(String field) {
        assertThat(read("worker-heartbeat", field)).isInstanceOf(CeleryEvent.Other.class);
    }

    @Test
    void whateverIsInAFieldSomethingIsTold() {
        for (var type : TYPES) {
            for (var field : FIELDS) {
                for (var value : VALUES) {
                    var others = Map.of("uuid", "\"t-1\"", "name", "\"n\"").entrySet().stream()
                            .filter(each -> !each.getKey().equals(field))
                            .map(each -> "\"%s\":%s,".formatted(each.getKey(), each.getValue()))
                            .collect(Collectors.joining());

                    var event = read(type, "%s\"%s\":%s".formatted(others, field, value));

                    assertThat(event.source()).isEqualTo(SOURCE);
                }
            }
        }
    }

    private static CeleryEvent read(String type, String fields) {
        var body = "{\"type\":\"%s\",%s,%s}".formatted(type, HEAD, fields).getBytes(StandardCharsets.UTF_8);
        var read = EventCodec.decode(new WireMessage(WireProperties.json(WireProperties.TRANSIENT, Map.of()), body));
        assertThat(read.refused()).isEmpty();
        return EventReader.read(read.events().get(0));
    }
}
