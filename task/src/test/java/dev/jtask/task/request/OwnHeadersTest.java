package dev.jtask.task.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.flow.Launcher;
import dev.jtask.protocol.flow.Lineage;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.flow.Usual;
import dev.jtask.protocol.message.CompressionMethod;
import dev.jtask.protocol.message.DecodeResult.Decoded;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A header that a request takes gets to its task, and as the same, whether the request is sent by itself, in a
/// group, or by the worker of the step before it.
@SuppressWarnings("JavaUtilDate") // as the AMQP client has it
class OwnHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    /// Each would be thrown away in silence, or be another thing for who reads the message.
    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "stamps",
                "x-jtask-signature",
                "x-death",
                "x-delivery-count",
                "x-first-death-queue",
                "x-last-death-reason",
            })
    void aNameThatIsTakenIsRefusedWithTheFix(String name) {
        var request = TaskRequest.of("mail.welcome", "Ada");

        assertThatThrownBy(() -> request.header(name, "de"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header '%s' is ", name)
                .hasMessageContaining("own; take another name, such as my-" + name);
    }

    @Test
    void everyOtherNameIsTheSenders() {
        var headers = Map.<String, Object>of(
                "x-lang", "de", "Lang", "de", "x-jtask-protection", "none", "traceparent", "00-1", "CC", List.of("a"));
        var request = TaskRequest.of("mail.welcome", "Ada").compression(CompressionMethod.ZLIB);
        for (var each : headers.entrySet()) {
            request = request.header(each.getKey(), each.getValue());
        }

        for (var way : Way.values()) {
            assertThat(way.decoded(request)).as(way.name()).containsExactlyInAnyOrderEntriesOf(headers);
        }
    }

    static Stream<Object> values() {
        Map<String, @Nullable Object> table = new HashMap<>();
        table.put("at", new Date(NOW.toEpochMilli()));
        table.put("none", null);
        return Stream.of(
                "text",
                "",
                true,
                7,
                5_000_000_000L,
                1.5,
                new BigDecimal("19.99"),
                "bytes".getBytes(StandardCharsets.UTF_8),
                new Date(NOW.toEpochMilli()),
                Arrays.asList("a", null, 1),
                table,
                List.of(Map.of("price", new BigDecimal("0.5"), "raw", List.of(new byte[] {1, 2}))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsTheSameWhicheverWayItGoes(Object value) {
        var request = TaskRequest.of("mail.welcome").header("x-mine", value);

        for (var way : Way.values()) {
            assertThat(way.headers(request).get("x-mine"))
                    .as(way.name())
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    static Stream<Map.Entry<String, Object>> refused() {
        return Stream.of(
                Map.entry("CC", "audit"),
                Map.entry("BCC", "audit"),
                Map.entry("x", new BigDecimal("12345678901.5")),
                Map.entry("x", new BigDecimal("1e300")),
                Map.entry("x", List.of(new BigDecimal("1e-300"))),
                Map.entry("x", new Date(Long.MAX_VALUE)),
                Map.entry("x", "a".repeat(70_000)),
                Map.entry("x", new byte[110_000]),
                Map.entry("x", List.of("é".repeat(30_000), "é".repeat(30_000))),
                Map.entry("x", nested(40)),
                Map.entry("x", Collections.nCopies(5_000, 1)),
                Map.entry("x", Map.of("é".repeat(200), 1)),
                Map.entry("é".repeat(200), 1),
                Map.entry("x", Map.of("__type__", "base64", "__value__", "AQ==")),
                Map.entry("x", NOW));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotGoOneWayGoesNone(Map.Entry<String, Object> header) {
        assertThatThrownBy(() -> TaskRequest.of("mail.welcome").header(header.getKey(), header.getValue()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header");
    }

    private static Object nested(int levels) {
        return levels == 0 ? 1 : List.of(nested(levels - 1));
    }

    private enum Way {
        ALONE {
            @Override
            TaskMessage message(TaskRequest<?> request) {
                return request.message("id", NOW).build();
            }
        },
        IN_A_GROUP {
            @Override
            TaskMessage message(TaskRequest<?> request) {
                return first(Group.of(List.of(request)));
            }
        },
        AFTER_ANOTHER {
            @Override
            TaskMessage message(TaskRequest<?> request) {
                var before = sent(first(Chain.of(TaskRequest.of("t.first")).then(request)));
                var plan = new Plan();
                new Launcher(Lineage.of(before, task -> new Usual("q", 0)), plan, NOW)
                        .launch(Signature.of(before.embed().chain().get(0)), List.of());
                return plan.messages().get(0).message();
            }
        };

        abstract TaskMessage message(TaskRequest<?> request);

        /// As they go to the broker.
        Map<String, @Nullable Object> headers(TaskRequest<?> request) {
            return TaskCodec.encode(message(request), NOW).properties().headers();
        }

        /// As the task gets them.
        Map<String, @Nullable Object> decoded(TaskRequest<?> request) {
            return sent(message(request)).customHeaders();
        }

        private static TaskMessage first(Step<?> flow) {
            var plan = new Plan();
            new Launcher(Lineage.none("me", "test", task -> new Usual("q", 0)), plan, NOW)
                    .launch(Signatures.of(flow), List.of());
            return plan.messages().get(0).message();
        }

        private static TaskMessage sent(TaskMessage message) {
            return ((Decoded) TaskCodec.decode(TaskCodec.encode(message, NOW))).task();
        }
    }
}
