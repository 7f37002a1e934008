package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Messages at and beyond the edges of what may be said; each value is a usual one as often as not.
final class AnyTask {

    private static final String[] IDS = {
        "i", "x".repeat(255), "x".repeat(256), "\u00e9".repeat(127), "\u00e9".repeat(128), "\u4e00\n\ud83d", ""
    };
    private static final String[] TEXTS = {"", "s".repeat(65_536), "s".repeat(65_537)};
    private static final Integer[] COUNTS = {0, 7, Integer.MAX_VALUE, -1, Integer.MIN_VALUE};
    private static final Instant[] TIMES = {
        Instant.parse("2026-11-26T10:00:00.123456789Z"),
        Instant.parse("0001-01-01T00:00:00Z"),
        Instant.parse("0000-12-31T23:59:59.999999999Z"),
        Instant.parse("9999-12-31T23:59:59.999999999Z"),
        Instant.parse("+10000-01-01T00:00:00Z"),
        Instant.MIN,
        Instant.MAX
    };
    private static final Double[] SECONDS = {0.0, 0.5, 3_155_760_000.0, 3_155_760_001.0, -1.0, Double.NaN, -0.0};

    private final Random random;

    private AnyTask(Random random) {
        this.random = random;
    }

    /// @throws IllegalArgumentException when such a message cannot be made
    static TaskMessage of(Random random) {
        return new AnyTask(random).message();
    }

    private TaskMessage message() {
        return TaskMessage.builder(usually("id-1", IDS), usually("t.add", IDS))
                .rootId(sometimes(IDS))
                .parentId(sometimes(IDS))
                .group(sometimes(IDS), sometimes(COUNTS))
                .retries(usually(0, COUNTS))
                .replacedTaskNesting(usually(0, COUNTS))
                .eta(sometimes(TIMES))
                .expires(sometimes(TIMES))
                .timeLimits(new TimeLimits(sometimes(SECONDS), sometimes(SECONDS)))
                .shadow(sometimes(TEXTS))
                .origin(sometimes(TEXTS))
                .repr(sometimes(TEXTS), sometimes(TEXTS))
                .ignoreResult(random.nextBoolean() ? null : random.nextBoolean())
                .priority(random.nextInt(256))
                .customHeaders(headers())
                .embed(random.nextInt(3) > 0 ? Embed.NONE : embed())
                .build();
    }

    private Map<String, @Nullable Object> headers() {
        Map<String, @Nullable Object> headers = new HashMap<>();
        if (random.nextInt(4) == 0) {
            headers.put("many", Collections.nCopies(random.nextBoolean() ? 4_000 : 5_000, "v"));
        }
        return headers;
    }

    private Embed embed() {
        return new Embed(list(), list(), list(), random.nextInt(8) == 0 ? list() : signature("t.body"));
    }

    private JsonNode list() {
        if (random.nextInt(4) > 0) {
            return NullNode.instance;
        }
        var list = JsonNodeFactory.instance.arrayNode();
        list.add(signature(usually("t.next", IDS)));
        if (random.nextInt(8) == 0) {
            list.add("t.next");
        }
        return list;
    }

    private JsonNode signature(String task) {
        var innermost = JsonNodeFactory.instance.objectNode().put("task", task);
        innermost.set("options", JsonNodeFactory.instance.objectNode().put("countdown", usually(1.0, SECONDS)));
        return IntStream.range(0, random.nextInt(6) == 0 ? 120 : 1)
                .mapToObj(level -> JsonNodeFactory.instance.objectNode().put("task", "t.outer"))
                .reduce(innermost, (inner, outer) -> {
                    outer.putObject("options").putArray("link").add(inner);
                    return outer;
                });
    }

    private <T> T usually(T usual, T[] others) {
        return random.nextInt(10) > 0 ? usual : others[random.nextInt(others.length)];
    }

    private <T> @Nullable T sometimes(T[] values) {
        return random.nextInt(10) > 0 ? null : values[random.nextInt(values.length)];
    }
}
