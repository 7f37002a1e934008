package dev.jtask.worker.delivery;

import dev.jtask.broker.Publisher;
import dev.jtask.protocol.message.DecodeResult.Decoded;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.DeadLetters;
import dev.jtask.worker.execution.Execution;
import dev.jtask.worker.execution.Outcome;
import dev.jtask.worker.execution.Received;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;

/// Moves a message that no worker can run to its queue's dead letters, unchanged but for headers that say why.
final class DeadLetterOffice {

    private final Publisher publisher;

    DeadLetterOffice(Publisher publisher) {
        this.publisher = publisher;
    }

    /// Fails with [dev.jtask.broker.UnroutableException] when the queue has no dead-letter queue.
    CompletableFuture<Void> accept(Received received, Execution execution, Outcome.Refused refused) {
        var properties = received.message().properties();
        var headers = new LinkedHashMap<>(properties.headers());
        headers.remove("x-death");
        headers.put(DeadLetters.REASON, refused.reason());
        headers.put(DeadLetters.QUEUE, received.queue());
        headers.put(DeadLetters.ATTEMPT, attempt(execution, refused));
        if (refused.details().exception() != null) {
            headers.put(DeadLetters.EXCEPTION, refused.details().exception());
        }
        var letter = new WireMessage(
                properties.withHeaders(headers).withExpiration(null),
                received.message().body());
        return publisher.publish("", DeadLetters.queueFor(received.queue()), letter);
    }

    private static int attempt(Execution execution, Outcome.Refused refused) {
        var counted = refused.details().attempts();
        if (counted != null) {
            return counted;
        }
        return switch (execution.decoded()) {
            case Decoded(var task) -> task.retries() + 1;
            case Malformed _ -> 1;
        };
    }
}
