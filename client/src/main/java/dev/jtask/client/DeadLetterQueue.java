package dev.jtask.client;

import dev.jtask.broker.OversizedException;
import dev.jtask.client.Letters.Then;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.protocol.topology.DeadLetters;
import dev.jtask.seal.MessageSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the workers of a queue could not run: to be looked at, and sent back once the cause is gone. Safe for any
/// thread.
public final class DeadLetterQueue {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterQueue.class);
    private static final String RETRIES = "retries";

    private final Letters letters;
    private final MessageSeal seal;
    private final BiConsumer<String, WireMessage> sender;
    private final String origin;
    private final String name;

    /// @param sender returns once a message is in the queue
    DeadLetterQueue(Letters letters, MessageSeal seal, BiConsumer<String, WireMessage> sender, String queue) {
        this.letters = letters;
        this.seal = seal;
        this.sender = sender;
        this.origin = queue;
        this.name = DeadLetters.queueFor(queue);
    }

    /// All of them, oldest first; they stay where they are. While it looks, nobody else sees them. Of one whose body is
    /// larger than a quarter of this program's memory only the id is known, and that it is.
    ///
    /// @throws UncheckedIOException when there is no dead-letter queue
    public List<DeadLetter> list() {
        var all = new ArrayList<DeadLetter>();
        each(
                message -> {
                    all.add(letter(message));
                    return Then.STAYS;
                },
                why -> all.add(unread(why)));
        return all;
    }

    /// Sends those of these tasks back to the queue they came from.
    ///
    /// @return how many were sent back
    public int sendBack(String... ids) {
        var wanted = List.of(ids);
        return sendBack(letter -> wanted.contains(letter.id()));
    }

    /// Sends back what the condition holds for, with all its retries to come. Each one leaves only once the broker has
    /// it in its old queue, so that none is lost; after a crash in between it is in both. What is too large
    /// for this program stays, with a warning.
    ///
    /// @return how many were sent back
    /// @throws UnroutableException naming the old queue when it is gone; the message stays, as do those after it
    public int sendBack(Predicate<DeadLetter> condition) {
        var sent = new ArrayList<String>();
        each(
                message -> {
                    var letter = letter(message);
                    if (!condition.test(letter)) {
                        return Then.STAYS;
                    }
                    sender.accept(letter.queue(), seal.renew(message, restored(message)));
                    sent.add(letter.id());
                    return Then.GOES;
                },
                why -> {
                    if (condition.test(unread(why))) {
                        LOG.warn(
                                "dead letter '{}' stays in queue '{}': {}",
                                why.correlationId(),
                                name,
                                why.getMessage());
                    }
                });
        return sent.size();
    }

    private static WireMessage restored(WireMessage message) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(message.properties().headers());
        // RabbitMQ before 4.0.1 takes a republished x-death for a cycle
        headers.keySet().removeIf(header -> JtaskHeaders.isTrail(header) || header.contains("-death"));
        headers.replace(RETRIES, 0);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    private void each(Letters.Visit visit, Consumer<OversizedException> unread) {
        try {
            letters.each(name, visit, unread);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read dead letters from queue '%s': %s".formatted(name, e.getMessage()), e);
        }
    }

    private DeadLetter unread(OversizedException why) {
        var message = new WireMessage(WireProperties.json(WireProperties.PERSISTENT, Map.of()), new byte[0]);
        return new DeadLetter(why.correlationId(), "", String.valueOf(why.getMessage()), origin, 1, null, message);
    }

    private DeadLetter letter(WireMessage message) {
        var headers = message.properties().headers();
        return new DeadLetter(
                text(headers, "id", ""),
                text(headers, "task", ""),
                text(headers, JtaskHeaders.REASON, "the broker dead-lettered it"),
                text(headers, JtaskHeaders.QUEUE, origin),
                headers.get(JtaskHeaders.ATTEMPT) instanceof Number attempts ? attempts.intValue() : 1,
                headers.get(JtaskHeaders.EXCEPTION) instanceof String exception ? exception : null,
                message);
    }

    private static String text(Map<String, @Nullable Object> headers, String name, String fallback) {
        return headers.get(name) instanceof String value ? value : fallback;
    }
}
