package dev.jtask.protocol.message;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.flow.Ends;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A message that is no task, and those who wait for what was to follow it.
class UnrunTaskTest {

    private static final String CHAIN = "\"chain\": [{\"task\": \"t.end\", \"options\": {\"task_id\": \"end\"}}]";
    private static final String CHORD = "\"chord\": {\"task\": \"t.sum\", \"options\": {\"task_id\": \"sum\"}}";
    private static final String EMBED = "{%s, %s}".formatted(CHAIN, CHORD);

    @Test
    void aBadHeaderHidesNobodyWhoWaits() {
        var rest = rest(
                Map.of("timelimit", Arrays.asList(-1, null), "group", "g", "group_index", 2, "root_id", "root"),
                "[[1], {\"x\": 2}, %s]".formatted(EMBED));

        assertThat(rest.id()).isEqualTo("id-1");
        assertThat(rest.task()).isEqualTo("t.add");
        assertThat(Ends.of(rest.embed().chain()))
                .singleElement()
                .satisfies(end -> assertThat(end.id()).isEqualTo("end"));
        assertThat(rest.embed().chord().path("options").path("task_id").asText())
                .isEqualTo("sum");
        assertThat(rest.group()).isEqualTo("g");
        assertThat(rest.groupIndex()).isEqualTo(2);
        assertThat(rest.rootId()).isEqualTo("root");
        assertThat(rest.replyTo()).isEqualTo("replies");
        assertThat(rest.correlationId()).isEqualTo("correlation");
        assertThat(rest.args()).hasSize(1);
        assertThat(rest.kwargs()).hasSize(1);
        assertThat(rest.timeLimits()).isEqualTo(TimeLimits.NONE);
    }

    @ParameterizedTest
    @CsvSource({"retries, -1", "eta, soon", "expires, never", "group_index, first", "root_id, []", "ignore_result, 7"})
    void whateverIsWrongIsLeftOut(String header, String value) {
        var bad = value.equals("[]") ? List.of() : value;
        assertThat(rest(Map.of(header, bad), "[[], {}, %s]".formatted(EMBED)).id())
                .isEqualTo("id-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[7, {}, %s]", "[[], 7, %s]", "[[], {}, %s, 4]"})
    void soIsWhatIsWrongInTheBody(String body) {
        assertThat(rest(Map.of(), body.formatted(EMBED)).embed().chain()).hasSize(1);
    }

    @Test
    void itsSendersWordsForArgumentsAreKeptWhereTheseWereRead() {
        var words = Map.<String, Object>of("argsrepr", "()", "kwargsrepr", "{'password': 'h4nter2'}", "retries", -1);

        assertThat(rest(words, "[[], {\"password\": \"h4nter2\"}, %s]".formatted(EMBED))
                        .kwargsRepr())
                .contains("h4nter2");
        for (var body : List.of("[7, {}, %s]", "[[], 7, %s]", "[[], null, %s]")) {
            var rest = rest(words, body.formatted(EMBED));
            assertThat(rest.argsRepr()).as(body).isEqualTo("<not read>");
            assertThat(rest.kwargsRepr()).as(body).isEqualTo("<not read>");
        }
    }

    @Test
    void onePartThatIsNoneCostsTheOthersNothing() {
        var rest = rest(Map.of(), "[[], {}, {\"callbacks\": \"garbage\", \"errbacks\": [{}, 5], %s}]".formatted(CHAIN));

        assertThat(rest.embed().chain()).hasSize(1);
        assertThat(rest.embed().errbacks().isNull()).isTrue();
    }

    @Test
    void protocolOneHasItInItsBody() {
        var body = "{\"task\": \"t.add\", \"id\": \"id-1\", \"retries\": -1, \"taskset\": \"g\", %s}".formatted(CHORD);
        var rest = requireNonNull(
                decode(Map.of(), body.getBytes(StandardCharsets.UTF_8)).rest());

        assertThat(rest.group()).isEqualTo("g");
        assertThat(rest.embed().chord().isObject()).isTrue();
    }

    static String[] unreadArguments() {
        return new String[] {
            "[" + "1".repeat(Limits.NUMBER_LENGTH + 1) + "]",
            "[" + "[".repeat(Limits.JSON_DEPTH + 100) + "]".repeat(Limits.JSON_DEPTH + 100) + "]",
            "[NaN, {\"a\": 1, \"a\": 2}]",
        };
    }

    @ParameterizedTest
    @MethodSource("unreadArguments")
    void argumentsBeyondALimitArePassedOver(String args) {
        var rest = rest(Map.of(), "[%s, {}, %s]".formatted(args, EMBED));

        assertThat(rest.embed().chain()).hasSize(1);
        assertThat(rest.args()).isEmpty();
    }

    @Test
    void aBodyThatIsNotToBeReadIsPassedOverAsWellThoughItIsCompressed() {
        var body = "[[\"%s\"], {}, %s]"
                .formatted("x".repeat(3 * Limits.SMALL_BODY_BYTES), EMBED)
                .getBytes(StandardCharsets.UTF_8);

        assertThat(TaskCodec.skimmed(message(task(Map.of()), body), "came too often")
                        .rest())
                .isNotNull();
        assertThat(TaskCodec.skimmed(
                                message(task(Map.of("compression", "gzip")), Compression.compress(body, "gzip")),
                                "came too often")
                        .rest())
                .isNotNull();
    }

    @Test
    void whatFollowsIsNotReadItselfWhereItIsLarge() {
        var body = "[[], {}, {%s, \"more\": \"%s\"}]".formatted(CHAIN, "x".repeat(Limits.SMALL_BODY_BYTES + 100_000));

        assertThat(TaskCodec.skimmed(message(task(Map.of()), body.getBytes(StandardCharsets.UTF_8)), "came too often")
                        .rest())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[], {}]",
                "[[], {}, 7]",
                "[[], {}, {}, {}]",
                "{}",
                "nothing",
                "[",
                "[[[",
                "[[], {}, {\"chain\"",
                ""
            })
    void whereNobodyIsKnownToWaitThereIsNothing(String body) {
        assertThat(decode(task(Map.of("retries", "two")), body.getBytes(StandardCharsets.UTF_8))
                        .rest())
                .isNull();
    }

    @Test
    void whatNobodyVouchesForIsToldOfAlone() {
        var message = message(
                task(Map.of("retries", "two")), "[[], {}, %s]".formatted(EMBED).getBytes(StandardCharsets.UTF_8));

        assertThat(TaskCodec.refused(message, "who knows").rest()).isNull();
    }

    private static TaskMessage rest(Map<String, Object> headers, String body) {
        return requireNonNull(
                decode(task(headers), body.getBytes(StandardCharsets.UTF_8)).rest());
    }

    private static Map<String, @Nullable Object> task(Map<String, Object> headers) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(Map.of("task", "t.add", "id", "id-1"));
        all.putAll(headers);
        return all;
    }

    private static Malformed decode(Map<String, @Nullable Object> headers, byte[] body) {
        var result = TaskCodec.decode(message(headers, body));
        assertThat(result).isInstanceOf(Malformed.class);
        return (Malformed) result;
    }

    private static WireMessage message(Map<String, @Nullable Object> headers, byte[] body) {
        return new WireMessage(
                new WireProperties("application/json", "utf-8", "correlation", "replies", 2, 0, null, headers), body);
    }
}
