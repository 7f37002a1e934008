package dev.jtask.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Errands as they are sent.
final class Requests {

    /// More than the broker of a run takes.
    static final int OVERSIZED = 1_200_000;

    static final int MAX_MESSAGE_SIZE = 1_000_000;

    private Requests() {}

    static TaskRequest<JsonNode> work(Errand errand, Errand.Work work) {
        var request =
                TaskRequest.of("chaos.work", errand.key(), work.millis(), 0).queue(errand.queue());
        var waiting =
                work.countdownMillis() > 0 ? request.countdown(Duration.ofMillis(work.countdownMillis())) : request;
        return work.answered() ? waiting : waiting.ignoringResult();
    }

    static TaskRequest<JsonNode> oversized(Errand errand) {
        return TaskRequest.of("chaos.work", errand.key(), 0, OVERSIZED).queue(errand.queue());
    }

    static TaskRequest<JsonNode> retried(Errand errand, Errand.Retried retried) {
        return TaskRequest.of("chaos.retry", errand.key(), retried.attempts(), retried.pauseMillis())
                .queue(errand.queue());
    }

    static TaskRequest<JsonNode> rejected(Errand errand) {
        return TaskRequest.of("chaos.reject", errand.key()).queue(errand.queue());
    }

    static Chain<JsonNode> chain(Errand errand, int steps) {
        Chain<JsonNode> chain =
                Chain.of(TaskRequest.of("chaos.work", errand.part(1), 0, 0).queue(errand.queue()));
        for (int step = 2; step <= steps; step++) {
            chain = chain.then(TaskRequest.of("chaos.step", errand.part(step), errand.part(step - 1))
                    .queue(errand.queue()));
        }
        return chain;
    }

    static Chord<JsonNode> chord(Errand errand, int parts) {
        List<TaskRequest<JsonNode>> header = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            keys.add(errand.part(part));
            header.add(TaskRequest.of("chaos.work", errand.part(part), 0, 0).queue(errand.queue()));
        }
        return Group.of(header)
                .then(TaskRequest.of("chaos.join", errand.part(parts + 1), keys).queue(errand.queue()));
    }
}
