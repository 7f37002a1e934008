package dev.jtask.benchmarks.fuzz;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// Messages of the fuzz. Pure: the same seed and number give the same message.
final class Mutants {

    /// Of so many messages one is good.
    private static final int ONE_GOOD_OF = 4;

    /// Expands to 40 MB, which is beyond what a worker takes.
    private static final byte[] BOMB = packed(40_000_000, DeflaterOutputStream::new);

    private static final byte[] GZIP_BOMB = packed(40_000_000, GZIPOutputStream::new);

    /// Celery's own headers, and those that steer brokers and workers.
    private static final List<String> NAMES = List.of(
            "lang",
            "task",
            "id",
            "shadow",
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
            "compression",
            "x-delivery-count",
            "x-death",
            "x-jtask-redeliveries",
            "x-jtask-idempotency-key",
            "traceparent",
            "x-match");

    private final long seed;
    private final String replyTo;

    Mutants(long seed, String replyTo) {
        this.seed = seed;
        this.replyTo = replyTo;
    }

    Mutant get(int number) {
        // the first numbers of neighbouring seeds are alike, unless they are mixed before
        var random = new Random(new SplittableRandom(seed * 1_000_003 + number).nextLong());
        return number % ONE_GOOD_OF == 0 ? good("g" + number) : mutant("m" + number, random);
    }

    private Mutant good(String key) {
        return message(key, Mutant.GOOD, usual(key), headers(key), body("\"" + key + "\"", "{}", embed()));
    }

    private Mutant mutant(String key, Random random) {
        var headers = headers(key);
        var properties = usual(key);
        var value = Values.quoted(key);
        return switch (random.nextInt(16)) {
            case 0 -> {
                headers.put(Values.shortText(random), Values.header(random, 3));
                headers.put(Values.shortText(random), Values.header(random, 3));
                yield message(key, "any header", properties, headers, body(value, "{}", embed()));
            }
            case 1 -> {
                headers.put(name(random), Values.header(random, 2));
                yield message(key, "known header", properties, headers, body(value, "{}", embed()));
            }
            case 2 -> {
                headers.put("deep", Values.nested(random.nextInt(100)));
                yield message(key, "deep header", properties, headers, body(value, "{}", embed()));
            }
            case 3 -> message(key, "broken JSON", properties, headers, broken(random, body(value, "{}", embed())));
            case 4 -> message(key, "embed", properties, headers, body(value, "{}", embed(random)));
            case 5 -> message(key, "follow-ups", properties, headers, body(value, "{}", followUps(random)));
            case 6 -> protocolOne(key, random);
            case 7 -> message(key, "argument", properties, headers, body(Values.json(random, 4), "{}", embed()));
            case 8 -> message(key, "parts", properties, headers, parts(random));
            case 9 -> {
                properties.contentEncoding(encoding(random)).contentType(type(random));
                yield message(key, "encoding", properties, headers, body(value, "{}", embed()));
            }
            case 10 -> compressed(key, random);
            case 11 -> {
                headers.put("task", Values.text(random));
                yield message(key, "name", properties, headers, body(value, "{}", embed()));
            }
            case 12 -> {
                properties.replyTo(Values.shortText(random)).correlationId(Values.shortText(random));
                yield message(key, "reply_to", properties, headers, body(value, "{}", embed()));
            }
            case 13 -> {
                headers.put("eta", soon(random));
                headers.put("timelimit", Arrays.asList(Values.header(random, 0), Values.header(random, 0)));
                yield message(key, "times", properties, headers, body(value, "{}", embed()));
            }
            case 14 -> {
                headers.put("fuzz-unsigned", random.nextLong() & Long.MAX_VALUE);
                yield message(key, "unsigned header", properties, headers, body(value, "{}", embed()));
            }
            default -> message(key, "bytes", properties, headers, Values.bytes(random, random.nextInt(200)));
        };
    }

    private Mutant protocolOne(String key, Random random) {
        var body = "{\"task\":%s,\"id\":%s,\"args\":%s,\"kwargs\":%s,\"expires\":%s,\"retries\":%s,\"taskset\":%s}"
                .formatted(
                        random.nextInt(4) == 0 ? Values.json(random, 1) : "\"fuzz.echo\"",
                        Values.quoted(key),
                        random.nextInt(3) == 0 ? Values.json(random, 2) : "[1]",
                        random.nextInt(3) == 0 ? Values.json(random, 2) : "{}",
                        random.nextInt(3) == 0 ? Values.json(random, 1) : "null",
                        random.nextInt(3) == 0 ? Values.json(random, 1) : "0",
                        random.nextInt(3) == 0 ? Values.json(random, 1) : "null");
        var headers = new HashMap<String, Object>();
        headers.put("x-fuzz", key);
        return message(key, "protocol 1", usual(key), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private Mutant compressed(String key, Random random) {
        var headers = headers(key);
        var way = List.of("zlib", "gzip", "bzip2", "lzma", "zstd", "brotli", "application/x-gzip", "")
                .get(random.nextInt(8));
        headers.put("compression", way);
        // a bomb is dear for the one who sends it, too
        var body = random.nextInt(8) > 0
                ? Values.bytes(random, random.nextInt(100))
                : way.equals("gzip") ? GZIP_BOMB.clone() : BOMB.clone();
        return message(key, "compression " + way, usual(key), headers, body);
    }

    private static byte[] parts(Random random) {
        var body = switch (random.nextInt(4)) {
            case 0 -> Values.json(random, 4);
            case 1 -> "[%s,%s]".formatted(Values.json(random, 2), Values.json(random, 2));
            case 2 -> "[%s,%s,%s]".formatted(Values.json(random, 2), Values.json(random, 2), Values.json(random, 2));
            default -> "[".repeat(1 + random.nextInt(20_000)) + "]".repeat(random.nextInt(20_000));
        };
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String embed(Random random) {
        var parts = new String[] {"null", "null", "null", "null"};
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            parts[random.nextInt(4)] = Values.json(random, 3);
        }
        return embed(parts);
    }

    private static String followUps(Random random) {
        var parts = new String[] {"null", "null", "null", "null"};
        int part = random.nextInt(4);
        var signature = Values.signature(random, 2);
        parts[part] = part == 3 ? signature : "[%s]".formatted(signature);
        return embed(parts);
    }

    private static String embed(String... parts) {
        return "{\"callbacks\":%s,\"errbacks\":%s,\"chain\":%s,\"chord\":%s}"
                .formatted((Object[]) (parts.length == 0 ? new String[] {"null", "null", "null", "null"} : parts));
    }

    private static byte[] broken(Random random, byte[] body) {
        if (random.nextBoolean()) {
            return Arrays.copyOf(body, random.nextInt(body.length));
        }
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        return body;
    }

    /// Nothing here waits for longer than some seconds, so that all of it can be waited for.
    private static Object soon(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "2026-02-30T00:00:00";
            case 1 -> "tomorrow";
            case 2 -> random.nextInt();
            default -> "1970-01-01T00:00:00+00:00";
        };
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static String encoding(Random random) {
        return List.of("utf-8", "UTF-16", "latin-1", "binary", "base64", "x-unknown", "", "utf-8\n")
                .get(random.nextInt(8));
    }

    private static String type(Random random) {
        return List.of(
                        "application/json",
                        "application/x-python-serialize",
                        "application/x-yaml",
                        "application/x-msgpack",
                        "application/json; charset=utf-16",
                        "text/plain",
                        "",
                        "json")
                .get(random.nextInt(8));
    }

    private Map<String, Object> headers(String key) {
        var headers = new HashMap<String, Object>();
        headers.put("task", "fuzz.echo");
        headers.put("id", key);
        headers.put("lang", "py");
        headers.put("x-fuzz", key);
        return headers;
    }

    private BasicProperties.Builder usual(String key) {
        return new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .messageId(key)
                .correlationId(key)
                .replyTo(replyTo)
                .deliveryMode(2);
    }

    private static byte[] body(String argument, String kwargs, String embed) {
        return "[[%s],%s,%s]".formatted(argument, kwargs, embed).getBytes(StandardCharsets.UTF_8);
    }

    private static Mutant message(
            String key, String kind, BasicProperties.Builder properties, Map<String, Object> headers, byte[] body) {
        return new Mutant(key, kind, properties.headers(headers).build(), body);
    }

    private static byte[] packed(int octets, Packing packing) {
        var out = new ByteArrayOutputStream();
        try (var zip = packing.into(out)) {
            fill(zip, octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Writes less than it is given.
    @FunctionalInterface
    private interface Packing {
        OutputStream into(OutputStream out) throws IOException;
    }

    private static void fill(OutputStream out, int octets) throws IOException {
        var some = new byte[1_000];
        for (int left = octets; left > 0; left -= some.length) {
            out.write(some);
        }
    }
}
