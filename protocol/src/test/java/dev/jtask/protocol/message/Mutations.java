package dev.jtask.protocol.message;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Good messages, each with a few things changed: bytes of the body, values in it, headers, properties.
public final class Mutations {

    private static final List<String> BODIES = List.of(
            "[[1,\"a\",{\"__type__\":\"uuid\",\"__value__\":{\"hex\":\"0123\"}}],{\"k\":[1.5,null]},"
                    + "{\"callbacks\":[{\"task\":\"t.a\",\"args\":[1],\"kwargs\":{},\"options\":{\"countdown\":3,"
                    + "\"headers\":{\"h\":1},\"task_id\":\"x\"},\"immutable\":true}],\"errbacks\":null,\"chain\":null,\"chord\":null}]",
            "[[],{},{\"errbacks\":[{\"task\":\"t.e\",\"options\":{\"expires\":\"2026-01-01T00:00:00\",\"priority\":3}}],"
                    + "\"chain\":[{\"task\":\"t.c\",\"options\":{\"eta\":\"2026-01-01T00:00:00+01:00\",\"time_limit\":3}},"
                    + "{\"task\":\"celery.group\",\"subtask_type\":\"group\",\"kwargs\":{\"tasks\":[{\"task\":\"t.m\"},"
                    + "{\"task\":\"celery.chain\",\"subtask_type\":\"chain\",\"kwargs\":{\"tasks\":[{\"task\":\"t.x\"},{\"task\":\"t.y\"}]}}]}}]}]",
            "[[],{},{\"chain\":[{\"task\":\"celery.chord\",\"subtask_type\":\"chord\",\"kwargs\":{\"header\":[{\"task\":\"t.h\","
                    + "\"options\":{\"group_index\":1}}],\"body\":{\"task\":\"t.b\",\"options\":{\"link\":[{\"task\":\"t.l\"}],"
                    + "\"ignore_result\":true}}}},{\"task\":\"celery.chunks\",\"subtask_type\":\"chunks\",\"kwargs\":{"
                    + "\"task\":\"t\",\"it\":[[1],[2],[3]],\"n\":2}}],\"chord\":{\"task\":\"t.d\",\"options\":{}}}]",
            "{\"task\":\"t\",\"id\":\"i\",\"args\":[1],\"kwargs\":{},\"retries\":1,\"eta\":\"2026-11-23T09:20:02\","
                    + "\"callbacks\":[{\"task\":\"t.next\"}],\"timelimit\":[9,null],\"group\":\"g\"}");

    private static final List<String> VALUES = List.of(
            "null",
            "[]",
            "{}",
            "[5]",
            "[{}]",
            "5",
            "-1",
            "1e300",
            "1e400",
            "NaN",
            "true",
            "\"\"",
            "\"x\"",
            "99999999999999999999",
            "\"2023-02-29T00:00:00\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "{\"__type__\":\"uuid\",\"__value__\":\"ab\"}",
            "{\"__type__\":\"datetime\",\"__value__\":\"2026-01-01T00:00:00\"}",
            "{\"__type__\":\"decimal\",\"__value__\":\"1e999999999\"}");

    private static final List<String> NAMES = List.of(
            "task",
            "id",
            "retries",
            "eta",
            "expires",
            "timelimit",
            "group",
            "group_index",
            "stamps",
            "argsrepr",
            "stamped_headers",
            "ignore_result",
            "root_id",
            "parent_id",
            "shadow",
            "compression",
            "x-death",
            "own");

    private final Random random;

    public Mutations(long seed) {
        random = new Random(seed);
    }

    public WireMessage next() {
        int kind = random.nextInt(BODIES.size());
        var body = BODIES.get(kind);
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        if (kind < 3) {
            headers.put("task", "t.add");
            headers.put("id", "id-1");
        }
        var properties = WireProperties.json(2, headers);
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            switch (random.nextInt(4)) {
                case 0 -> body = withValue(body);
                case 1 -> body = withBytes(body);
                case 2 -> headers.put(any(NAMES), header());
                default -> properties = oddly(headers);
            }
        }
        return new WireMessage(properties.withHeaders(headers), body.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Another value after one of the colons, or as one of the elements.
    private String withValue(String body) {
        var ends = new ArrayList<Integer>();
        for (int i = 0; i < body.length(); i++) {
            if (body.charAt(i) == ':') {
                ends.add(i + 1);
            }
        }
        if (ends.isEmpty()) {
            return body;
        }
        int from = ends.get(random.nextInt(ends.size()));
        return body.substring(0, from) + any(VALUES) + body.substring(endOfValue(body, from));
    }

    private static int endOfValue(String body, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < body.length(); i++) {
            char c = body.charAt(i);
            quoted ^= c == '"';
            if (!quoted && (c == '[' || c == '{')) {
                depth++;
            } else if (!quoted && depth == 0 && (c == ',' || c == ']' || c == '}')) {
                return i;
            } else if (!quoted && (c == ']' || c == '}')) {
                depth--;
            }
        }
        return body.length();
    }

    private String withBytes(String body) {
        var bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return new String(bytes, 0, bytes.length - random.nextInt(2), StandardCharsets.ISO_8859_1);
    }

    private @Nullable Object header() {
        return any(Arrays.<@Nullable Object>asList(
                null,
                "",
                "x",
                "2023-02-29",
                "a\r\nb\u0000",
                "é".repeat(200),
                5,
                -1L,
                1e300,
                Double.NaN,
                new BigDecimal("1e99999"),
                true,
                List.of(),
                Arrays.asList(1, "2", null),
                List.of(1e300, "x"),
                Collections.nCopies(9_000, 1),
                Map.of("a", Map.of("b", List.of())),
                new byte[] {1, 2},
                "zlib"));
    }

    private WireProperties oddly(Map<String, @Nullable Object> headers) {
        return new WireProperties(
                any(Arrays.asList(null, "", "application/json", "application/json; charset=x", "text/plain", "\n")),
                any(Arrays.asList(null, "", "utf-8", "utf-16", "klingon", "\u0000", "latin1")),
                any(Arrays.asList(null, "", "c")),
                any(Arrays.asList(null, "", "r")),
                2,
                any(Arrays.asList(null, 0, 9)),
                null,
                headers);
    }

    private <T extends @Nullable Object> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
