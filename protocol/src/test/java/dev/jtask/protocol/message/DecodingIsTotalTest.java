package dev.jtask.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.DecodeResult.Decoded;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingIsTotalTest {

    @Test
    void everyMutatedMessageIsATaskOrAShortReason() {
        var mutations = new Mutations(20_261_125);
        int tasks = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            if (TaskCodec.decode(mutations.next()) instanceof Malformed malformed) {
                refused++;
                assertThat(malformed.reason())
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(500)
                        .doesNotContainPattern("\\p{Cntrl}")
                        .doesNotContain("Exception");
            } else {
                tasks++;
            }
        }
        assertThat(tasks).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eta         | 2023-02-29T00:00:00 | header eta",
                "expires     | tomorrow            | header expires",
                "id          | 300                 | header id is longer than 255 bytes",
                "task        | 300                 | header task is longer than 255 bytes",
                "group       | 300                 | header group is longer than 255 bytes",
            })
    void aBadTextNamesItsHeader(String header, String value, String reason) {
        var text = value.matches("\\d+") ? "x".repeat(Integer.parseInt(value)) : value;
        assertThat(refused(header, text)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"argsrepr", "kwargsrepr", "shadow", "origin"})
    void whatIsOnlyShownIsCutAndTheTaskRuns(String header) {
        var headers = new HashMap<String, @Nullable Object>(Map.of("task", "t", "id", "i"));
        headers.put(header, "x".repeat(70_000));

        var decoded = TaskCodec.decode(message(headers, "[[], {}, {}]"));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.class,
                        read -> assertThat(read.toString())
                                .contains("x".repeat(65_535) + "…")
                                .doesNotContain("x".repeat(65_536)));
    }

    @Test
    void numbersAreNeverCutToFit() {
        assertThat(refused("retries", 1.5)).contains("header retries must be an integer");
        assertThat(refused("retries", -1)).contains("header retries");
        assertThat(refused("retries", 1L << 40)).contains("header retries");
        assertThat(refused("ignore_result", 2)).contains("header ignore_result must be true or false");
        assertThat(refused("timelimit", List.of(1e300, 1))).contains("header timelimit");
        assertThat(refused("timelimit", List.of(Double.NaN, 1))).contains("header timelimit");
    }

    @Test
    void aProtocolOneBodyWithAnythingInIt() {
        for (var value : new String[] {
            "{\"__type__\":\"uuid\",\"__value__\":\"abcd\"}",
            "[]",
            "1e300",
            "{\"__type__\":\"decimal\",\"__value__\":{}}"
        }) {
            var body = "{\"task\":\"t\",\"id\":\"i\",\"eta\":%s}".formatted(value);
            assertThat(TaskCodec.decode(message(Map.of(), body))).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void whatAMessageSaysIsQuotedInOneShortLine() {
        assertThat(refused("eta", "a\r\nb\u2028c" + "x".repeat(10_000)))
                .hasSizeLessThanOrEqualTo(500)
                .contains("a\\u000d\\u000ab\\u2028c");
    }

    @Test
    void nestingAndHeadersAreLimited() {
        var task = Map.<String, Object>of("task", "t", "id", "i");
        var deep = message(task, "[".repeat(100_000));
        assertThat(((Malformed) TaskCodec.decode(deep)).reason()).contains("beyond a limit", "500");
        var number = message(task, "[[" + "1".repeat(10_001) + "],{},{}]");
        assertThat(((Malformed) TaskCodec.decode(number)).reason()).contains("beyond a limit", "10000");
        var many = Collections.<@Nullable Object>nCopies(5_000, 1);
        assertThat(refused("stamped_headers", many)).contains("more than 4096 header values");
    }

    private static String refused(String header, Object value) {
        var headers = new HashMap<String, @Nullable Object>(Map.of("task", "t", "id", "i"));
        headers.put(header, value);
        var result = TaskCodec.decode(message(headers, "[[],{},{}]"));
        assertThat(result).isInstanceOf(Malformed.class);
        return ((Malformed) result).reason();
    }

    private static WireMessage message(Map<String, @Nullable Object> headers, String body) {
        return new WireMessage(WireProperties.json(2, headers), body.getBytes(StandardCharsets.UTF_8));
    }
}
