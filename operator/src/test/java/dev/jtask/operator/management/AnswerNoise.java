package dev.jtask.operator.management;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Answers with one thing wrong or more, by a seed.
final class AnswerNoise {

    static final String LISTING = """
            {"filtered_count":2,"item_count":2,"items":[
            {"name":"orders","type":"classic","messages_ready":5,"messages_unacknowledged":2,"messages":7,"consumers":1,
            "arguments":{"x-max-priority":3},"message_stats":{"publish":100,"ack":90,"deliver_get":92}},
            {"name":"mails","type":"quorum","messages_ready":0,"messages_unacknowledged":0,"consumers":0,"arguments":{}}],
            "page":1,"page_count":1,"page_size":500,"total_count":2}""";

    static final String METRICS = """
            jtask_worker_slots 8
            jtask_worker_busy_slots 3.0
            jtask_worker_oldest_task_seconds 61.5
            jtask_worker_busy_seconds_total{application="a",queue="or\\"d{er}s"} 1.25E3
            jtask_worker_runs_ended_total{application="a",queue="orders"} 40.0
            jtask_worker_tasks_seconds_count{outcome="succeeded",task="a"} 7
            jtask_worker_tasks_seconds_count{outcome="failed",task="a"} 3
            jtask_worker_redeliveries_total 5.0
            """;

    private static final List<String> WRONG = List.of(
            "null",
            "-1",
            "1e999",
            "9999999999999999999999",
            "\"x\"",
            "[]",
            "{}",
            "NaN",
            "1.5",
            "true",
            "\\\\",
            "\"",
            "e+e",
            "-0.0");
    private static final int LONG = 60_000;

    private final Random random;

    AnswerNoise(long seed) {
        random = new Random(seed);
    }

    byte[] of(byte[] good) {
        var bytes = good;
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes = spoilt(bytes);
        }
        return bytes;
    }

    int status() {
        return random.nextInt(5) == 0 ? pick(List.of(204, 302, 400, 401, 403, 404, 405, 429, 500, 503)) : 200;
    }

    String contentType() {
        return pick(List.of("application/json", "text/html", "text/plain; charset=no-such", "", ";;"));
    }

    private byte[] spoilt(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> flipped(bytes, at);
            case 2 -> replaced(bytes, number(bytes, at), pick(WRONG));
            case 3 -> replaced(bytes, new int[] {at, at}, pick(WRONG));
            case 4 -> replaced(bytes, new int[] {at, at}, "x".repeat(random.nextInt(LONG)));
            case 5 -> replaced(bytes, new int[] {at, at}, "[".repeat(random.nextInt(LONG)));
            case 6 -> replaced(bytes, new int[] {at, at}, "\\\"".repeat(random.nextInt(LONG)));
            default -> replaced(bytes, new int[] {at, Math.min(bytes.length, at + random.nextInt(80))}, "");
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        var copy = bytes.clone();
        copy[at] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    /// The next number's place.
    private static int[] number(byte[] bytes, int from) {
        int start = from;
        while (start < bytes.length && !Character.isDigit(bytes[start])) {
            start++;
        }
        int end = start;
        while (end < bytes.length && Character.isDigit(bytes[end])) {
            end++;
        }
        return new int[] {start, end};
    }

    private static byte[] replaced(byte[] bytes, int[] place, String by) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, place[0]);
        out.writeBytes(by.getBytes(StandardCharsets.UTF_8));
        out.write(bytes, place[1], bytes.length - place[1]);
        return out.toByteArray();
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
