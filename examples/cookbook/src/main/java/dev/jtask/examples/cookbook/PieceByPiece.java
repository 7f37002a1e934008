package dev.jtask.examples.cookbook;

import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.time.Duration;
import java.util.List;

/// An answer is read word by word while it is written. The first try breaks off in the middle; its reader sees that the
/// second begins anew.
public final class PieceByPiece {

    /// What a worker writes.
    public static final class Texts {

        private static final List<String> WORDS = List.of("Because ", "it ", "rains.");

        @Task(value = "texts.answer", retryFor = IllegalStateException.class, retryDelay = "0s")
        public int answer(String question, TaskContext context) {
            for (var word : WORDS) {
                if (context.attempt() == 1 && word.equals("rains.")) {
                    throw new IllegalStateException("no ink");
                }
                context.emit(word);
            }
            return WORDS.size();
        }
    }

    private PieceByPiece() {}

    public static void main(String[] args) {
        System.out.println(run(args[0]));
    }

    static String run(String broker) {
        var text = new StringBuilder();
        var attempts = new StringBuilder();
        try (var _ = Worker.builder()
                        .broker(broker)
                        .queues("texts")
                        .tasks(new Texts())
                        .start();
                var client = TaskClient.builder(broker).queue("texts").connect()) {
            var answer = client.send(TaskRequest.of("texts.answer", "why?")
                    .returning(Integer.class)
                    .withPieces());
            answer.pieces(String.class, Duration.ofMinutes(1)).forEach(piece -> {
                if (piece.isFirst()) {
                    text.setLength(0);
                }
                text.append(piece.value());
                attempts.replace(0, attempts.length(), Integer.toString(piece.attempt()));
            });
            return "%s (%d words at attempt %s)".formatted(text, answer.get(Duration.ofMinutes(1)), attempts);
        }
    }
}
