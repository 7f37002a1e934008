package dev.jtask.protocol.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.000001999Z");
    private static final Event.Origin ORIGIN = new Event.Origin("w1@h", 12, 0);

    /// `time.timezone // 3600` of a Python process in each zone.
    @ParameterizedTest
    @CsvSource({"Z, 0", "+01:00, -1", "+05:30, -6", "+05:45, -6", "+09:00, -9", "-03:30, 3", "-05:00, 5", "-12:00, 12"})
    void hoursWestOfGreenwichAreRoundedAsPythonDoes(String offset, int hours) {
        assertThat(Event.Origin.of("w1@h", 12, ZoneOffset.of(offset))).isEqualTo(new Event.Origin("w1@h", 12, hours));
    }

    @Test
    void onlyTheFirstEventSaysWhatTheTaskIs() {
        var task = TaskMessage.builder("t-1", "t.add")
                .args(JsonNodeFactory.instance.arrayNode().add(4).add("x"))
                .parentId("t-0")
                .rootId("t-0")
                .retries(1)
                .eta(Instant.parse("2026-11-23T12:00:00Z"))
                .build();
        var event = event(new TaskEvent.Received(task));

        assertThat(event.type()).isEqualTo("task-received");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T12:00:00.000001Z"));
        assertThat(event.fields()).hasToString("""
                {"name":"t.add","args":"(4, 'x')","kwargs":"{}","root_id":"t-0","parent_id":"t-0","retries":1,\
                "eta":"2026-11-23T12:00:00+00:00","expires":null,"uuid":"t-1"}""");
        assertThat(event(new TaskEvent.Started()).fields()).hasToString("{\"uuid\":\"t-1\"}");
    }

    @Test
    void aSentTaskIsToldByItsHeaders() {
        var task = TaskMessage.builder("t-1", "t.add")
                .args(JsonNodeFactory.instance.arrayNode().add(4))
                .rootId("t-1")
                .eta(Instant.parse("2026-11-23T12:00:00Z"))
                .build();
        var message = TaskCodec.encode(task, NOW);

        assertThat(event(new TaskEvent.Sent(message, Route.toQueue("math"), "math")))
                .returns("task-sent", Event::type)
                .extracting(sent -> sent.fields().toString())
                .isEqualTo("""
                {"name":"t.add","args":"(4,)","kwargs":"{}","root_id":"t-1","parent_id":null,"retries":0,\
                "eta":"2026-11-23T12:00:00+00:00","expires":null,"queue":"math","exchange":"","routing_key":"math",\
                "uuid":"t-1"}""");
        assertThat(event(new TaskEvent.Sent(message, new Route("orders", "new"), ""))
                        .fields()
                        .toString())
                .contains("\"queue\":null,\"exchange\":\"orders\",\"routing_key\":\"new\"");
    }

    @Test
    void aTaskIsShownUnderItsShadowAndAsItsSenderWishes() {
        var task = TaskMessage.builder("t-1", "t.pay")
                .shadow("t.pay of shop 7")
                .repr("('****',)", "{...}")
                .build();

        assertThat(event(new TaskEvent.Received(task)).fields().toString())
                .contains("\"name\":\"t.pay of shop 7\",\"args\":\"('****',)\",\"kwargs\":\"{...}\"");
        assertThat(event(new TaskEvent.Received(task.toBuilder().shadow("").build()))
                        .fields()
                        .path("name")
                        .textValue())
                .isEqualTo("t.pay");
    }

    @Test
    void everyEndHasCelerysFields() {
        var error = new RemoteError("ValueError", List.of("boom", 42), "builtins");

        assertThat(shown(new TaskEvent.Succeeded(NullNode.instance, Duration.ofMillis(17))))
                .isEqualTo("task-succeeded {\"result\":\"None\",\"runtime\":0.017,\"uuid\":\"t-1\"}");
        assertThat(shown(new TaskEvent.Failed(error, "at t.add")))
                .isEqualTo(
                        "task-failed {\"exception\":\"ValueError('boom', 42)\",\"traceback\":\"at t.add\",\"uuid\":\"t-1\"}");
        assertThat(shown(new TaskEvent.Failed(RemoteError.celery("NotRegistered", "t.add"), null)))
                .isEqualTo("task-failed {\"exception\":\"NotRegistered('t.add')\",\"uuid\":\"t-1\"}");
        assertThat(shown(new TaskEvent.Retried(error, null)))
                .isEqualTo("task-retried {\"exception\":\"ValueError('boom', 42)\",\"uuid\":\"t-1\"}");
        assertThat(shown(new TaskEvent.Rejected(TaskEvent.Rejected.Then.REQUEUED)))
                .isEqualTo("task-rejected {\"requeue\":true,\"uuid\":\"t-1\"}");
    }

    @ParameterizedTest
    @CsvSource({"REQUESTED, false, null, false", "TERMINATED, true, 15, false", "EXPIRED, false, null, true"})
    void aRevokedTaskSaysWhy(TaskEvent.Revoked.Cause cause, boolean terminated, String signum, boolean expired) {
        assertThat(shown(new TaskEvent.Revoked(cause)))
                .isEqualTo("task-revoked {\"terminated\":%s,\"signum\":%s,\"expired\":%s,\"uuid\":\"t-1\"}"
                        .formatted(terminated, signum, expired));
    }

    @Test
    void aWorkerSaysHowItIs() {
        var beat = new WorkerEvent(WorkerEvent.When.HEARTBEAT, 3, 4711, List.of(0.5, 0.25, 0.1), "1.0", "Linux");

        assertThat(Event.of(beat, ORIGIN, NOW, 7).type()).isEqualTo("worker-heartbeat");
        assertThat(Event.of(beat, ORIGIN, NOW, 7).fields()).hasToString("""
                {"freq":2.0,"active":3,"processed":4711,"loadavg":[0.5,0.25,0.1],\
                "sw_ident":"jtask","sw_ver":"1.0","sw_sys":"Linux"}""");
    }

    private static Event event(TaskEvent happened) {
        return Event.of(happened, "t-1", ORIGIN, NOW, 5);
    }

    private static String shown(TaskEvent happened) {
        return event(happened).type() + " " + event(happened).fields();
    }
}
