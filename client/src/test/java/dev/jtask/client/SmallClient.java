package dev.jtask.client;

import dev.jtask.task.request.TaskRequest;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A program of little memory that looks after dead letters and waits for a result. Says what it sees, a line each.
public final class SmallClient {

    private SmallClient() {}

    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var client = TaskClient.builder(args[0]).queue(args[1]).connect()) {
            var letters = client.deadLetters(args[1]);
            letters.list().forEach(letter -> out.println(letter.id() + ": " + letter.reason()));
            out.println("sent back " + letters.sendBack(letter -> true));
            var handle = client.send(TaskRequest.of("t.large").returning(String.class));
            try {
                out.println("got " + handle.get(Duration.ofSeconds(60)).length());
            } catch (IllegalStateException e) {
                out.println(e.getMessage());
            }
        }
    }
}
