package dev.jtask.benchmarks.fuzz;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Values of every type that AMQP has, texts that nobody expects, and JSON of any shape. Pure from their chance.
final class Values {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a\nb",
            "a\r\n2026-01-01 ERROR forged",
            "\u0000",
            "\u001b[31mred",
            "é",
            "\uD83D\uDE00",
            "null",
            "NaN",
            "-1",
            "1e300",
            "9999-99-99T00:00",
            "2023-02-29",
            "2026-11-25T10:00:00",
            "+999999999-01-01T00:00:00Z",
            "{}",
            "[]",
            "../../etc/passwd",
            "fuzz.echo",
            "celery.chord_unlock",
            "*.#.*");

    private Values() {}

    static String text(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "x".repeat(random.nextInt(300));
            case 1 -> "y".repeat(random.nextInt(20_000));
            case 2 -> new String(bytes(random, random.nextInt(40)), StandardCharsets.ISO_8859_1);
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    /// At most 255 octets, as AMQP's own properties hold.
    static String shortText(Random random) {
        var text = text(random);
        while (text.getBytes(StandardCharsets.UTF_8).length > 255) {
            text = text.substring(0, text.length() / 2);
        }
        return text;
    }

    /// A header's value, nested at most so deep.
    static @Nullable Object header(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 14 : 12)) {
            case 0 -> text(random);
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> (short) random.nextInt();
            case 4 -> (byte) random.nextInt();
            // the broker ends the connection of whoever sends it a NaN or an infinity
            case 5 -> random.nextFloat() * random.nextInt();
            case 6 -> random.nextGaussian() * Math.pow(10, random.nextInt(300));
            case 7 -> new BigDecimal(Integer.toString(random.nextInt())).scaleByPowerOfTen(-random.nextInt(255));
            case 8 -> Date.from(Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE)));
            case 9 -> bytes(random, random.nextInt(30));
            case 10 -> random.nextBoolean();
            case 11 -> null;
            case 12 -> list(random, depth);
            default -> table(random, depth);
        };
    }

    static Map<String, Object> table(Random random, int depth) {
        var table = new LinkedHashMap<String, Object>();
        for (int left = random.nextInt(4); left > 0; left--) {
            table.put(shortText(random), header(random, depth - 1));
        }
        return table;
    }

    /// A table in a table, so deep.
    static Map<String, Object> nested(int depth) {
        Map<String, Object> table = new LinkedHashMap<>();
        for (int left = depth; left > 0; left--) {
            var around = new LinkedHashMap<String, Object>();
            around.put("t", table);
            table = around;
        }
        return table;
    }

    /// JSON, most of the time.
    static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 9)) {
            case 0 -> "null";
            case 1 -> Integer.toString(random.nextInt());
            case 2 -> "9".repeat(1 + random.nextInt(2_000));
            case 3 -> "1e" + random.nextInt(100_000);
            case 4 -> quoted(text(random));
            case 5 -> random.nextBoolean() ? "true" : "false";
            case 6 -> "{\"__type__\":%s,\"__value__\":%s}".formatted(type(random), json(random, 0));
            case 7 -> "NaN";
            case 8 -> "-0.0";
            case 9 -> "[%s,%s]".formatted(json(random, depth - 1), json(random, depth - 1));
            case 10 -> "{%s:%s}".formatted(quoted(text(random)), json(random, depth - 1));
            default -> signature(random, depth - 1);
        };
    }

    /// What might be a task of a work flow.
    static String signature(Random random, int depth) {
        var options = random.nextInt(3) == 0
                ? json(random, Math.max(0, depth))
                : "{\"queue\":%s,\"eta\":%s,\"countdown\":%s,\"time_limit\":%s,\"headers\":{\"h\":%s}}"
                        .formatted(
                                any(random, "\"fuzz-side\""),
                                any(random, "null"),
                                any(random, "null"),
                                any(random, "null"),
                                any(random, "null"));
        return "{\"task\":%s,\"args\":%s,\"kwargs\":%s,\"options\":%s,\"subtask_type\":%s,\"immutable\":%s}"
                .formatted(
                        any(random, "\"fuzz.echo\""),
                        any(random, "[1]"),
                        any(random, "{}"),
                        options,
                        any(random, "null"),
                        any(random, "true"));
    }

    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int place = 0; place < text.length(); place++) {
            char letter = text.charAt(place);
            if (letter < ' ' || letter == '"' || letter == '\\' || Character.isSurrogate(letter)) {
                quoted.append("\\u%04x".formatted((int) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }

    static byte[] bytes(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String any(Random random, String usual) {
        return random.nextInt(4) == 0 ? json(random, 1) : usual;
    }

    private static String type(Random random) {
        return List.of(
                        "\"uuid\"",
                        "\"datetime\"",
                        "\"date\"",
                        "\"time\"",
                        "\"decimal\"",
                        "\"bytes\"",
                        "\"base64\"",
                        "5")
                .get(random.nextInt(8));
    }

    private static List<Object> list(Random random, int depth) {
        var list = new ArrayList<Object>();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(header(random, depth - 1));
        }
        return list;
    }
}
