package dev.jtask.client;

import dev.jtask.task.request.TaskRequest;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A program of little memory that looks after dead letters and waits for a result. Says what it sees, a line each.
public final class SmallClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SmallClient() {}

    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var client = connected(args[0], args[1])) {
            var letters = client.deadLetters(args[1]);
            letters.list().forEach(letter -> out.println(letter.id() + ": " + letter.reason()));
            out.println("sent back " + letters.sendBack(letter -> true));
            var handle = client.send(TaskRequest.of("t.large").returning(String.class));
            try {
                out.println("got " + handle.get(PATIENCE).length());
            } catch (IllegalStateException e) {
                out.println(e.getMessage());
            }
        }
    }

    /// On a machine that is starved a broker may be tired of the handshake before this program is.
    private static TaskClient connected(String uri, String queue) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return TaskClient.builder(uri)
                        .queue(queue)
                        .publishTimeout(PATIENCE)
                        .connect();
            } catch (UncheckedIOException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
            }
        }
    }
}
