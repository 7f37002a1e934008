package dev.jtask.client;

import dev.jtask.broker.OversizedException;
import dev.jtask.client.WayBack.Going;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the workers of a queue could not run, or its tasks that failed for good and were kept: to be looked at,
/// and sent back once the cause is gone. Safe for any thread.
///
/// RabbitMQ shows a message only to one who takes it: while something here looks, nobody else sees the letters that it
/// has passed; those after them stay where they are. In the end all are back, in a quorum queue behind those that were
/// not looked at.
public final class DeadLetterQueue {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterQueue.class);

    private final Letters letters;
    private final WayBack wayBack;
    private final BiConsumer<String, WireMessage> sender;
    private final String origin;
    private final String name;

    /// A letter, or as much of it as is known.
    record Found(DeadLetter letter, boolean isRead) {}

    /// @param sender returns once a message is in the queue
    /// @param queue where letters came from that do not say so
    /// @param name of the queue that they are in
    DeadLetterQueue(
            Letters letters, WayBack wayBack, BiConsumer<String, WireMessage> sender, String queue, String name) {
        this.letters = letters;
        this.wayBack = wayBack;
        this.sender = sender;
        this.origin = queue;
        this.name = name;
    }

    /// All of them, oldest first; they stay where they are. Of one whose body is larger than a quarter of this
    /// program's memory only the id is known, and that it is.
    ///
    /// @throws UncheckedIOException when there is no such queue: it is made with its first letter
    public List<DeadLetter> list() {
        var all = new ArrayList<DeadLetter>();
        each(
                letter -> {
                    all.add(letter);
                    return false;
                },
                all::add);
        return all;
    }

    /// All letters in pages, oldest first, for queues that hold many: the next page takes no more than its
    /// letters, and leaves those after it to others. Close it, and all are back.
    ///
    /// @param size letters of a page
    /// @throws IllegalArgumentException unless it is one or more
    /// @throws UncheckedIOException when the broker does not answer
    public DeadLetterPages pages(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a page has one letter or more, not " + size);
        }
        try {
            return new DeadLetterPages(this, letters.at(name), size);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// How many there are for which reason, of which task and after which exception, the most frequent first.
    public List<DeadLetterGroup> groups() {
        Map<List<String>, DeadLetterGroup> found = new LinkedHashMap<>();
        Consumer<DeadLetter> counted = letter -> {
            var group = DeadLetterGroup.of(letter);
            found.merge(group.kind(), group, DeadLetterGroup::and);
        };
        each(
                letter -> {
                    counted.accept(letter);
                    return false;
                },
                counted);
        return found.values().stream()
                .sorted(Comparator.comparingInt(DeadLetterGroup::count).reversed())
                .toList();
    }

    /// Sends those of these tasks back to the queue they came from.
    ///
    /// @return how many were sent back
    public int sendBack(String... ids) {
        var wanted = List.of(ids);
        return sendBack(letter -> wanted.contains(letter.id()));
    }

    /// Sends back what the condition holds for, such as a [DeadLetterGroup], with all its retries to come. Each one
    /// leaves only once the broker has it in its old queue, so that none is lost; after a crash in between it is in
    /// both. One that has expired meanwhile expires no more. Of several with one id each call sends one: what dies
    /// again at once is not sent in circles. What is too large for this program stays, with a warning.
    ///
    /// @return how many were sent back
    /// @throws UnroutableException naming the old queue when it is gone; the message stays, as do those after it
    public int sendBack(Predicate<DeadLetter> condition) {
        return send(condition, wayBack::asItWas);
    }

    /// As [#sendBack(Predicate)], with what is changed in each.
    ///
    /// @throws IllegalStateException when one cannot be changed, being no task; it stays, as do those after it
    public int sendBack(Predicate<DeadLetter> condition, UnaryOperator<LetterEdit> change) {
        return send(condition, letter -> wayBack.edited(letter, change));
    }

    private int send(Predicate<DeadLetter> condition, Function<DeadLetter, Going> as) {
        var sent = new HashSet<String>();
        each(
                letter -> {
                    // what dies again at once is met again, and waits for the next call
                    if (!condition.test(letter) || !sent.add(key(letter))) {
                        return false;
                    }
                    var going = as.apply(letter);
                    sender.accept(going.queue(), going.message());
                    return true;
                },
                letter -> {
                    if (condition.test(letter)) {
                        LOG.warn("letter '{}' stays in queue '{}': {}", letter.id(), name, letter.reason());
                    }
                });
        return sent.size();
    }

    /// What a letter is known by, also one that is no task.
    private static String key(DeadLetter letter) {
        return letter.id().isEmpty()
                ? "no task " + Arrays.hashCode(letter.message().body())
                : letter.id();
    }

    /// @param goes whether a letter is in another place by now
    /// @param unread hears of those that are too large to be read; they stay
    private void each(Predicate<DeadLetter> goes, Consumer<DeadLetter> unread) {
        try (var look = letters.at(name)) {
            for (var found = next(look); found.isPresent(); found = next(look)) {
                var letter = found.get().letter();
                if (!found.get().isRead()) {
                    unread.accept(letter);
                } else if (goes.test(letter)) {
                    look.gone();
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// The next one, also where it is too large to be read; empty when there is none.
    Optional<Found> next(Letters.Look look) throws IOException {
        try {
            return look.next().map(message -> new Found(letter(message), true));
        } catch (OversizedException e) {
            return Optional.of(new Found(unread(e), false));
        }
    }

    private DeadLetter unread(OversizedException why) {
        var message = new WireMessage(WireProperties.json(WireProperties.PERSISTENT, Map.of()), new byte[0]);
        return new DeadLetter(why.correlationId(), "", String.valueOf(why.getMessage()), origin, 1, null, message);
    }

    UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("cannot read the letters of queue '%s': %s".formatted(name, e.getMessage()), e);
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
