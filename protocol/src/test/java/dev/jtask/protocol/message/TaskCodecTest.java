package dev.jtask.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.DecodeResult.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:20:02.908525Z");

    @Test
    void aBodyThatDoesNotFitIntoMemoryIsRefusedAndNotWritten() {
        var text = JsonNodeFactory.instance.textNode("x".repeat(1 << 16));
        var args = JsonNodeFactory.instance.arrayNode();
        for (long bytes = 0; bytes <= Limits.WRITTEN_BYTES; bytes += 1 << 16) {
            args.add(text);
        }
        var task = TaskMessage.builder("i", "t.large").args(args).build();

        assertThatThrownBy(() -> TaskCodec.encode(task, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the message of task t.large has more than %d bytes", Limits.WRITTEN_BYTES);
    }

    @Test
    void writesTheNineteenHeadersOfAPythonProducer() throws IOException {
        var message = TaskCodec.encode(task("[2, 3]", "{}").build(), NOW);

        assertThat(message.properties().headers().keySet())
                .containsExactlyInAnyOrder(
                        "lang",
                        "task",
                        "id",
                        "shadow",
                        "eta",
                        "expires",
                        "group",
                        "group_index",
                        "retries",
                        "timelimit",
                        "root_id",
                        "parent_id",
                        "argsrepr",
                        "kwargsrepr",
                        "origin",
                        "ignore_result",
                        "replaced_task_nesting",
                        "stamped_headers",
                        "stamps");
        assertThat(message.properties().headers())
                .containsEntry("task", "t.add")
                .containsEntry("id", "id-1")
                .containsEntry("root_id", "id-1")
                .containsEntry("parent_id", null)
                .containsEntry("retries", 0)
                .containsEntry("timelimit", Arrays.asList(null, null))
                .containsEntry("argsrepr", "(2, 3)")
                .containsEntry("kwargsrepr", "{}");
        assertThat(new String(message.body(), StandardCharsets.UTF_8))
                .isEqualTo("[[2,3],{},{\"callbacks\":null,\"errbacks\":null,\"chain\":null,\"chord\":null}]");
        assertThat(message.properties().correlationId()).isEqualTo("id-1");
        assertThat(message.properties().priority()).isZero();
        assertThat(message.properties().deliveryMode()).isEqualTo(WireProperties.PERSISTENT);
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        var task = task("[2]", "{\"y\": 3}")
                .eta(NOW)
                .expires(NOW.plusSeconds(60))
                .timeLimits(new TimeLimits(10.0, 5.0))
                .group("g", 4)
                .retries(2)
                .replyTo("replies")
                .priority(7)
                .ignoreResult(true)
                .repr("(2,)", "{'y': 3}")
                .origin("gen1@host")
                .customHeaders(Map.of("tenant", "blue"))
                .build();

        var message = TaskCodec.encode(task, NOW);

        assertThat(message.properties().expiration()).isEqualTo("60000");
        assertThat(message.properties().headers())
                .containsEntry("eta", "2026-11-23T09:20:02.908525+00:00")
                .containsEntry("timelimit", List.of(10.0, 5.0));
        assertThat(TaskCodec.decode(message)).isEqualTo(new Decoded(task));
    }

    @Test
    void dropsTheBrokersDeadLetterTrailAndKeepsTheUsersHeaders() {
        var headers =
                new HashMap<>(TaskCodec.encode(task().build(), NOW).properties().headers());
        headers.put("x-death", List.of(Map.of("count", 1L)));
        headers.put("x-first-death-queue", "celery_delayed_1");
        headers.put("tenant", "blue");

        assertThat(decoded(headers, "[[],{},{}]").customHeaders()).isEqualTo(Map.of("tenant", "blue"));
    }

    @Test
    void acceptsTheSmallestMessageThatAPythonWorkerAccepts() {
        var task = decoded(Map.of("task", "t.add", "id", "id-1"), "[[1],{},null]");

        assertThat(task.id()).isEqualTo("id-1");
        assertThat(task.embed()).isEqualTo(Embed.NONE);
        assertThat(task.timeLimits()).isEqualTo(TimeLimits.NONE);
        assertThat(task.ignoreResult()).isNull();
    }

    @Test
    void acceptsAnyIntegerWidthAndDateForm() {
        for (var date : List.of(
                "2026-11-23T09:20:02Z",
                "2026-11-23T09:20:02",
                "2026-11-23T10:20:02+01:00",
                "2026-11-23 09:20:02.000000000+00:00")) {
            var task = decoded(Map.of("task", "t", "id", "i", "retries", 3L, "eta", date), "[[],{},{}]");
            assertThat(task.eta()).as(date).isEqualTo("2026-11-23T09:20:02Z");
            assertThat(task.retries()).isEqualTo(3);
        }
    }

    @Test
    void readsNumbersThatOnlyPythonWrites() {
        var args = decoded(Map.of("task", "t", "id", "i"), "[[NaN,-Infinity,123456789012345678901234567890],{},{}]")
                .args();

        assertThat(args.get(0).doubleValue()).isNaN();
        assertThat(args.get(1).doubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(args.get(2).bigIntegerValue()).isEqualTo(new BigInteger("123456789012345678901234567890"));
    }

    @Test
    void expandsPythonsGzipWhichIsZlib() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            deflater.write("[[5],{},{}]".getBytes(StandardCharsets.UTF_8));
        }
        var headers = Map.<String, Object>of("task", "t", "id", "i", "compression", "application/x-gzip");
        var message = new WireMessage(WireProperties.json(2, new HashMap<>(headers)), bytes.toByteArray());

        assertThat(((Decoded) TaskCodec.decode(message)).task().args()).hasToString("[5]");
    }

    @Test
    void readsProtocolOneWithEverythingInTheBody() {
        var task = decoded(Map.of(), """
                {"task":"t.add","id":"old","args":[1,2],"kwargs":{"k":1},"retries":1,"eta":"2026-11-23T09:20:02",
                 "callbacks":[{"task":"t.next"}],"timelimit":[9,null]}""");

        assertThat(task.task()).isEqualTo("t.add");
        assertThat(task.args()).hasSize(2);
        assertThat(task.retries()).isEqualTo(1);
        assertThat(task.eta()).isEqualTo("2026-11-23T09:20:02Z");
        assertThat(task.embed().callbacks()).hasSize(1);
        assertThat(task.timeLimits().hard()).isEqualTo(9.0);
    }

    /// Whoever sends is told; nobody finds it among the dead letters.
    @Test
    void whatIsLetThroughCanBeRead() {
        var random = new Random(20_261_126);
        int sent = 0;
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            WireMessage message;
            try {
                message = TaskCodec.encode(AnyTask.of(random), NOW);
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(e).hasMessageNotContaining("Exception");
                continue;
            }
            sent++;
            assertThat(TaskCodec.decode(message)).isInstanceOf(Decoded.class);
        }
        assertThat(sent).isGreaterThan(500);
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void whatNoWorkerReadsIsNotWritten() {
        var large = task().args(JsonNodeFactory.instance.arrayNode().add(BigInteger.TEN.pow(10_000)))
                .build();
        assertThatThrownBy(() -> TaskCodec.encode(large, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the message of task t.add has a number of more than 10000 digits, which no worker reads");

        var deep = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 500; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        var deeper = task().args(deep).build();
        assertThatThrownBy(() -> TaskCodec.encode(deeper, NOW)).hasMessageContaining("within each other");
    }

    @ParameterizedTest
    @CsvSource({"-1", "NaN", "Infinity", "3155760001"})
    void aTimeLimitThatNoWorkerTakesCannotBeMade(double seconds) {
        assertThatThrownBy(() -> new TimeLimits(seconds, null)).hasMessageContaining("0 seconds to a hundred years");
        assertThatThrownBy(() -> new TimeLimits(null, seconds)).hasMessageContaining("a soft time limit");
    }

    @Test
    void aTimeLimitOfZeroIsNoneAsInCelery() {
        assertThat(decoded(Map.of("task", "t", "id", "i", "timelimit", Arrays.asList(0, null)), "[[],{},{}]")
                        .timeLimits())
                .isEqualTo(TimeLimits.NONE);
        assertThat(decoded(Map.of("task", "t", "id", "i", "timelimit", List.of(9.5, -0.0)), "[[],{},{}]")
                        .timeLimits())
                .isEqualTo(new TimeLimits(9.5, null));
        assertThat(decoded(Map.of(), "{\"task\":\"t\",\"id\":\"i\",\"args\":[],\"timelimit\":[null,0.0]}")
                        .timeLimits())
                .isEqualTo(TimeLimits.NONE);
    }

    static TaskMessage.Builder task() {
        return TaskMessage.builder("id-1", "t.add");
    }

    private static TaskMessage.Builder task(String args, String kwargs) throws IOException {
        var json = TypedJson.mapper();
        return task().args((ArrayNode) json.readTree(args)).kwargs((ObjectNode) json.readTree(kwargs));
    }

    private static TaskMessage decoded(Map<String, ?> headers, String body) {
        var message =
                new WireMessage(WireProperties.json(2, new HashMap<>(headers)), body.getBytes(StandardCharsets.UTF_8));
        return assertThat(TaskCodec.decode(message))
                .isInstanceOf(Decoded.class)
                .extracting(result -> ((Decoded) result).task())
                .actual();
    }
}
