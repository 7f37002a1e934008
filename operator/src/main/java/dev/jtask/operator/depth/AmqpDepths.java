package dev.jtask.operator.depth;

import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.time.Wait;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts on one connection, which is opened beside all counting and again after a loss, less and less often while that
/// fails. Says so once: whoever asks goes on with what the management API tells.
///
/// For one thread at a time; only an operator that leads asks anything.
public final class AmqpDepths implements Depths {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpDepths.class);

    /// Between two tries where nobody answers: that costs a packet, and whoever waits for the broker waits for this.
    private static final Pauses SILENT = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(5));
    /// Between two where a broker refuses: each is a line in its log.
    private static final Pauses REFUSED = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final Duration WHOLE = Duration.ofSeconds(1);
    private static final int PORTION = 32;
    /// How long a queue that there was no time for is remembered: one that is asked for no more is not kept for ever.
    private static final Duration LATE = Duration.ofMinutes(10);

    private final AmqpAccess access;
    private final Line.Opener lines;
    private final Leadership leadership;
    private final Executor executor;
    private final Clock clock;
    private final Shunned shunned;
    /// Queues that there was no time for, the first of them for the longest time.
    private final Map<String, Wait> late = new LinkedHashMap<>();

    private final AtomicBoolean opening = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Line line;
    private volatile int failures;
    private volatile Wait pause = Wait.OVER;

    AmqpDepths(AmqpAccess access, Line.Opener lines, Leadership leadership, Executor executor, Clock clock) {
        this.access = access;
        this.lines = lines;
        this.leadership = leadership;
        this.executor = executor;
        this.clock = clock;
        this.shunned = new Shunned(access.toString());
    }

    /// Connects on the first count.
    ///
    /// @param patience with connecting
    /// @param executor opens and closes connections
    public static Depths of(
            AmqpAccess access, Duration patience, Leadership leadership, Executor executor, Clock clock) {
        return new AmqpDepths(access, AmqpLines.to(access, patience), leadership, executor, clock);
    }

    @Override
    public Map<String, Long> count(Collection<String> queues) {
        var open = line;
        if (!leadership.holds()) {
            return Map.of();
        }
        if (open == null) {
            openSoon();
            return Map.of();
        }
        var counted = new HashMap<String, Long>();
        var whole = Wait.of(clock.instant(), WHOLE);
        var asked = new ArrayDeque<String>();
        var portions = new ArrayDeque<>(portions(queues));
        try {
            for (var now = clock.instant(); !portions.isEmpty() && !whole.isOver(now); now = clock.instant()) {
                var portion = portions.remove();
                asked.addAll(portion);
                late.keySet().removeAll(portion);
                ask(open, portion, asked, counted, now);
            }
        } catch (IOException e) {
            line = null;
            shunned.silent(asked.element(), clock.instant());
            executor.execute(open::close);
            failed(e);
        }
        remember(portions);
        return counted;
    }

    private void ask(Line open, List<String> portion, Queue<String> asked, Map<String, Long> counted, Instant now)
            throws IOException {
        open.count(portion, (queue, answer) -> {
            asked.remove();
            answered();
            take(queue, answer, counted, now);
        });
    }

    /// Whoever has waited keeps his place.
    private void remember(Collection<List<String>> left) {
        var now = clock.instant();
        left.forEach(portion -> portion.forEach(queue -> late.put(queue, Wait.of(now, LATE))));
        late.values().removeIf(end -> end.isOver(now));
    }

    /// So many at a time that one of which the broker says nothing takes few others with it, and first those that there
    /// was no time for: where there never is time for all, each has its turn.
    private List<List<String>> portions(Collection<String> queues) {
        var now = clock.instant();
        var allowed = queues.stream()
                .filter(queue -> shunned.allows(queue, now))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var due = Stream.concat(late.keySet().stream().filter(allowed::contains), allowed.stream())
                .distinct()
                .toList();
        return IntStream.rangeClosed(0, (due.size() - 1) / PORTION)
                .mapToObj(i -> due.subList(i * PORTION, Math.min(due.size(), (i + 1) * PORTION)))
                .filter(portion -> !portion.isEmpty())
                .toList();
    }

    @Override
    public void close() {
        closed.set(true);
        letGo();
    }

    private void take(String queue, Answer answer, Map<String, Long> counted, Instant now) {
        switch (answer) {
            case Answer.Waiting(long messages) -> {
                counted.put(queue, messages);
                shunned.answered(queue);
            }
            case Answer.Missing() -> shunned.missing(queue, now);
            case Answer.Refused(var why) -> shunned.refused(queue, why, now);
        }
    }

    /// A connection that opens has done nothing yet.
    private void answered() {
        if (failures > 0) {
            failures = 0;
            LOG.info("{}: messages are counted by AMQP again", access);
        }
    }

    private void openSoon() {
        if (!closed.get() && pause.isOver(clock.instant()) && opening.compareAndSet(false, true)) {
            executor.execute(this::open);
        }
    }

    private void open() {
        try {
            line = lines.open(access);
        } catch (IOException e) {
            failed(e);
        } finally {
            opening.set(false);
        }
        if (closed.get()) {
            letGo();
        }
    }

    private void failed(IOException why) {
        var pauses = why instanceof NoAnswerException ? SILENT : REFUSED;
        int inARow = failures + 1;
        failures = inARow;
        pause = Wait.of(clock.instant(), pauses.doubled(inARow));
        if (inARow == 1) {
            LOG.warn(
                    "{}: messages cannot be counted by AMQP, so the figures of the management API have to do, which are up to ten seconds old; connecting again, at most 30 s apart ({})",
                    access,
                    why.getMessage());
        }
    }

    private void letGo() {
        var open = line;
        line = null;
        if (open != null) {
            executor.execute(open::close);
        }
    }
}
