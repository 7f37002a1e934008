package dev.jtask.spring.outbox;

import dev.jtask.broker.Continuations;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Patience;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.broker.UnroutableException;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.time.Pauses;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what is in the table to the broker: publishes a batch in the order of writing, waits for the confirms and
/// deletes what is confirmed, in one transaction. When it dies in between, the next relay sends the batch again: twice,
/// with the same ids, and never not at all. Any number of relays may work on one table.
public final class OutboxRelay {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    /// What was read of the table so long before the last look is no longer known.
    private static final Duration FRESH = Duration.ofMinutes(1);

    /// Counting must not become the work.
    private static final int REST_FACTOR = 20;

    private static final Duration COUNTED = Duration.ofSeconds(5);
    /// On top of the broker's time, for the database.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int MOST_RETURNED = 1_000;

    /// The sender has another way for what is larger, on which it would be overtaken.
    private static final int LARGE = 1 << 20;

    private final Backlog backlog;
    private final Outgoing out;
    private final Patience patience;
    private final Duration poll;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final LookedThrough through;
    private final Troubles troubles = new Troubles();
    private final Set<Long> returned = ConcurrentHashMap.newKeySet();
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "jtask-outbox");
    private int failures;
    private long countAt;
    private volatile boolean stopping;
    private volatile @Nullable Reading reading;
    private volatile List<String> told = List.of();

    private record Reading(Level level, long at) {}

    /// @param most how long the broker may take for a message
    /// @param poll how often to look for what other instances wrote
    public OutboxRelay(OutboxTable table, Outgoing out, Duration most, Duration poll) {
        this(table, out, most, poll, InstantSource.system(), System::nanoTime);
    }

    /// @param nanos a clock that only goes forward
    OutboxRelay(Backlog backlog, Outgoing out, Duration most, Duration poll, InstantSource clock, LongSupplier nanos) {
        this.backlog = backlog;
        this.out = out;
        this.patience = Patience.none(most);
        this.poll = poll;
        this.clock = clock;
        this.nanos = nanos;
        this.countAt = nanos.getAsLong();
        this.through = new LookedThrough(countAt);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /// There is something new in the table.
    public void wake() {
        wakes.release();
    }

    /// Returns when the batch that is under way is settled, or could have been: a database that does not answer is not
    /// waited for, and what it has not told as sent goes out again.
    public void stop() {
        stopping = true;
        wake();
        try {
            thread.join(patience.total().plus(GRACE).toMillis());
            if (thread.isAlive()) {
                LOG.warn(
                        "the batch of the outbox that is under way is not settled in time; it is left, and sent again by whoever comes next");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Why nothing is sent at the moment; empty when it is, or when there is nothing to send.
    public List<String> troubles() {
        return thread.isAlive() ? told : List.of("the outbox's relay does not run");
    }

    /// Empty when it is not known.
    public Optional<Level> level() {
        var last = reading;
        if (last == null) {
            return Optional.empty();
        }
        var age = Duration.ofNanos(nanos.getAsLong() - last.at);
        return age.compareTo(poll.plus(FRESH)) > 0 ? Optional.empty() : Optional.of(last.level.after(age));
    }

    private void run() {
        while (!stopping) {
            Duration pause;
            try {
                count();
                pause = round() ? Duration.ZERO : pause(nanos.getAsLong());
                failures = 0;
                told = troubles.told(nanos.getAsLong());
            } catch (RuntimeException | Error e) {
                // the boundary of the loop: the database may be away, and nothing that happens here may end the relay
                failures++;
                if (failures == 1) {
                    LOG.warn("the outbox cannot be relayed, and is tried again: {}", e.getMessage(), e);
                }
                told = List.of("the outbox cannot be relayed: " + e.getMessage());
                pause = Pauses.USUAL.after(failures);
            }
            await(pause);
        }
    }

    /// One batch.
    ///
    /// @return whether there may be more to do at once
    boolean round() {
        long now = nanos.getAsLong();
        troubles.forget(now);
        if (troubles.everywhere(now)) {
            return false;
        }
        var resting = troubles.resting(now);
        var letters = new ArrayList<Letter>();
        var verdicts = new HashMap<Long, Verdict>();
        int taken = backlog.take(resting, through.behind(resting, backlog::newest, now), found -> {
            letters.addAll(found);
            verdicts.putAll(publish(found));
            return verdicts;
        });
        through.found(resting, letters, verdicts, now, nanos.getAsLong());
        return taken > 0;
    }

    /// Where one fails for now, those behind it that go there too wait with it, or they would overtake it.
    private Map<Long, Verdict> publish(List<Letter> letters) {
        var verdicts = new LinkedHashMap<Long, Verdict>();
        var underWay = new LinkedHashMap<Letter, CompletableFuture<Verdict>>();
        var failed = new ConcurrentHashMap<Route, Verdict.Later>();
        var tried = new HashSet<Route>();
        for (var letter : letters) {
            var before = failed.get(letter.route());
            if (before != null) {
                verdicts.put(letter.id(), before);
                continue;
            }
            boolean large = letter.body().length >= LARGE;
            if (large) {
                await(underWay, verdicts);
            }
            try {
                underWay.put(letter, send(letter, failed));
            } catch (IllegalArgumentException e) {
                verdicts.put(letter.id(), new Verdict.Refused(String.valueOf(e.getMessage())));
            }
            // one shows whether the way is open again
            if (large || (troubles.knows(letter.route()) && tried.add(letter.route()))) {
                await(underWay, verdicts);
            }
        }
        await(underWay, verdicts);
        learn(letters, verdicts);
        return verdicts;
    }

    private CompletableFuture<Verdict> send(Letter letter, Map<Route, Verdict.Later> failed) {
        var parcel = letter.parcel();
        var delay = letter.delay(clock.instant());
        var sent = delay.toSeconds() < 1 ? out.send(parcel, patience) : out.sendAfter(delay, parcel, patience);
        return sent.handle((done, failure) -> {
            var verdict = verdict(letter, failure);
            if (verdict instanceof Verdict.Later later) {
                failed.putIfAbsent(letter.route(), later);
            }
            return verdict;
        });
    }

    private static void await(Map<Letter, CompletableFuture<Verdict>> underWay, Map<Long, Verdict> verdicts) {
        underWay.forEach((letter, verdict) -> verdicts.put(letter.id(), verdict.join()));
        underWay.clear();
    }

    private Verdict verdict(Letter letter, @Nullable Throwable failure) {
        if (failure == null) {
            return new Verdict.Sent();
        }
        var why = Continuations.cause(failure);
        var reason = String.valueOf(why.getMessage());
        // a queue may have been deleted a moment ago: the sender makes sure of it before the next try
        return why instanceof PublishRefusedException
                        || (why instanceof UnroutableException && !returned.add(letter.id()))
                ? new Verdict.Refused(reason)
                : new Verdict.Later(reason);
    }

    private void learn(List<Letter> letters, Map<Long, Verdict> verdicts) {
        long now = nanos.getAsLong();
        var refusals = new HashMap<String, Integer>();
        var failed = new LinkedHashMap<Route, String>();
        for (var letter : letters) {
            var verdict = verdicts.get(letter.id());
            if (verdict instanceof Verdict.Refused refused) {
                refusals.merge(refused.reason(), 1, Integer::sum);
            }
            if (verdict instanceof Verdict.Later later) {
                failed.put(letter.route(), later.reason());
            } else {
                troubles.passed(letter.route());
                returned.remove(letter.id());
            }
        }
        // once a batch, however many failed, and after all that passed: beside it the rest is the shortest
        failed.forEach((route, why) -> troubles.failed(route, why, now));
        if (returned.size() > MOST_RETURNED) {
            returned.clear(); // others have sent them
        }
        refusals.forEach((reason, count) ->
                LOG.error("{} message(s) of the outbox are set aside in its table, since {}", count, reason));
    }

    private void count() {
        long now = nanos.getAsLong();
        if (now - countAt < 0) {
            return;
        }
        var level = backlog.level();
        long end = nanos.getAsLong();
        reading = new Reading(level, end);
        countAt = end + Math.max(COUNTED.toNanos(), REST_FACTOR * (end - now));
    }

    private Duration pause(long now) {
        var rested = Duration.ofNanos(troubles.next(now).orElse(Long.MAX_VALUE));
        var last = reading;
        // what was counted is told until it is counted again
        var counted = last == null || last.level.waiting() == 0 ? poll : Duration.ofNanos(Math.max(0, countAt - now));
        return Collections.min(List.of(rested, poll, counted));
    }

    private void await(Duration pause) {
        try {
            if (wakes.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts the relay; it ends by stop()", e);
        }
    }
}
