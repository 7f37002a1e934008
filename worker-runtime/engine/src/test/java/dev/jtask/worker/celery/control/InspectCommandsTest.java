package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.run.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InspectCommandsTest {

    private final About about = Samples.about();
    private final FakeQueues queues = new FakeQueues("orders");
    private final FakeTasks tasks = new FakeTasks();
    private final FakeLimits limits = new FakeLimits();
    private final TaskMessage one = TaskMessage.builder("one", "t.add")
            .args(TypedJson.mapper().createArrayNode().add(4).add(6))
            .build();

    @Test
    void answersThatItIsThere() {
        assertThat(ask("ping", "{}")).isEqualTo(Answers.ok("pong"));
        about.lamport().adjust(41);
        assertThat(ask("clock", "{}").path("clock").intValue()).isEqualTo(42);
    }

    @Test
    void showsWhatRuns() {
        tasks.running.add(Samples.job(one));
        var active = ask("active", "{}");
        assertThat(active).hasSize(1);
        assertThat(active.get(0).path("id").textValue()).isEqualTo("one");
        assertThat(active.get(0).path("args")).hasSize(2);
        assertThat(active.get(0).path("hostname").textValue()).isEqualTo(Samples.NODE);
        assertThat(active.get(0).path("time_start").doubleValue()).isEqualTo(Samples.NOON.toEpochMilli() / 1e3);
        assertThat(ask("dump_active", "{'safe': true}").get(0).path("args").textValue())
                .isEqualTo("(4, 6)");
    }

    @Test
    void showsWhatWaitsAndCanBeRead() {
        queues.waiting.add(Samples.delivery(one));
        var odd = Samples.delivery(one);
        queues.waiting.add(new Delivery(
                "orders",
                new WireMessage(odd.message().properties(), new byte[] {1}),
                false,
                odd.at(),
                null,
                odd.receipt()));
        var reserved = ask("reserved", "{}");
        assertThat(reserved).hasSize(1);
        assertThat(reserved.get(0).path("time_start").isNull()).isTrue();
        assertThat(ask("scheduled", "{}")).isEmpty();
    }

    @Test
    void showsThatEncryptedTasksWaitAndNothingOfTheirArguments() {
        var encrypted = Samples.delivery(one);
        Map<String, @Nullable Object> headers =
                new HashMap<>(encrypted.message().properties().headers());
        headers.put("compression", "gzip");
        queues.waiting.add(new Delivery(
                "orders",
                new WireMessage(
                        encrypted
                                .message()
                                .properties()
                                .withContent("application/jose", "us-ascii")
                                .withHeaders(headers),
                        "eyJ.a.b.c.d".getBytes(StandardCharsets.US_ASCII)),
                false,
                encrypted.at(),
                null,
                encrypted.receipt()));
        var reserved = ask("reserved", "{}");
        assertThat(reserved).hasSize(1);
        assertThat(reserved.get(0).path("id").textValue()).isEqualTo("one");
        assertThat(reserved.get(0).path("name").textValue()).isEqualTo("t.add");
        assertThat(reserved.get(0).path("args").textValue()).isEqualTo("<encrypted>");
        assertThat(reserved.get(0).path("kwargs").textValue()).isEqualTo("<encrypted>");
        assertThat(ask("query_task", "{'ids': ['one']}").path("one")).hasSize(2);
    }

    @Test
    void hidesSecretsOfTasksThatItDoesNotHave() {
        queues.waiting.add(Samples.delivery(TaskMessage.builder("two", "elsewhere")
                .kwargs(JsonNodeFactory.instance.objectNode().put("password", "h4nter2"))
                .build()));
        assertThat(ask("reserved", "{}").toString()).contains("elsewhere").doesNotContain("h4nter2");
    }

    @Test
    void hidesSecretsOfCallsWithinTasksThatWait() {
        var kwargs = Samples.json("{'task': {'task': 't.add'}, 'it': [[4, 6, 'h4nter2']]}");
        queues.waiting.add(Samples.delivery(
                TaskMessage.builder("two", "celery.starmap").kwargs(kwargs).build()));
        assertThat(ask("reserved", "{}").toString()).contains("<redacted>").doesNotContain("h4nter2");
    }

    @Test
    void findsTasksById() {
        tasks.running.add(Samples.job(one));
        queues.waiting.add(Samples.delivery(TaskMessage.builder("two", "t.add").build()));
        var found = ask("query_task", "{'ids': ['one', 'two', 'three']}");
        assertThat(found).hasSize(2);
        assertThat(found.path("one").get(0).textValue()).isEqualTo("active");
        assertThat(found.path("two").get(0).textValue()).isEqualTo("reserved");
    }

    @Test
    void namesTasksWithTheirLimits() {
        limits.changeRate("t.add", RateLimit.parse("10/m"));
        assertThat(ask("registered", "{}")).extracting(JsonNode::textValue).containsExactly("t.add [rate_limit=10/m]");
        assertThat(ask("registered", "{'builtins': true, 'taskinfoitems': ['acks_late']}"))
                .extracting(JsonNode::textValue)
                .containsExactly("celery.chain [acks_late=True]", "t.add [acks_late=True]");
    }

    @Test
    void namesQueuesAndWhatIsRevoked() {
        queues.consumed.add(new Inlet("q", "x", "topic", "a.#"));
        tasks.revoke(List.of("gone"));
        var active = ask("active_queues", "{}");
        assertThat(active).extracting(queue -> queue.path("name").textValue()).containsExactly("orders", "q");
        assertThat(active.get(1).path("exchange").path("type").textValue()).isEqualTo("topic");
        assertThat(active.get(1).path("routing_key").textValue()).isEqualTo("a.#");
        assertThat(ask("revoked", "{}").get(0).textValue()).isEqualTo("gone");
    }

    @Test
    void changesNothing() {
        assertThat(InspectCommands.of(about, queues, tasks, limits).values())
                .noneMatch(command -> command.changes().test(new Arguments(Samples.json("{'ids': ['one']}"))));
    }

    private JsonNode ask(String method, String arguments) {
        return Samples.run(InspectCommands.of(about, queues, tasks, limits), method, arguments)
                .orElseThrow();
    }
}
