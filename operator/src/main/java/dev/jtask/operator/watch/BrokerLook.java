package dev.jtask.operator.watch;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.depth.Depths;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.protocol.time.Wait;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The looks at one broker, one at a time. Its management API is asked less and less often while it does not answer;
/// meanwhile, and between looks, its queues are counted alone.
final class BrokerLook {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLook.class);

    private final BrokerAccess access;
    private final ManagementApi api;
    private final Counter counter;
    private final LookBackoff backoff;
    private final BrokerMetrics metrics;
    private final Clock clock;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Turn> looking = new AtomicReference<>();
    // written only by the one look that runs, read by the next one
    private volatile int failures;
    private volatile Wait pause = Wait.OVER;
    /// Why the management API does not answer, null while it does.
    private volatile Probe.@Nullable Blind trouble;
    private final AtomicBoolean counting = new AtomicBoolean();
    /// Written by the look that runs, and by a count beside it as long as no look has written since.
    private final AtomicReference<Known> known = new AtomicReference<>(Known.NOTHING);

    BrokerLook(
            BrokerAccess access,
            Function<BrokerAccess, ManagementApi> apis,
            Function<AmqpAccess, Depths> depths,
            LookBackoff backoff,
            BrokerMetrics metrics,
            Clock clock,
            LongSupplier nanos) {
        this.access = access;
        this.api = new LazyApi(access, apis);
        this.counter = new Counter(depths, clock);
        this.backoff = backoff;
        this.metrics = metrics;
        this.clock = clock;
        this.nanos = nanos;
    }

    /// Takes the turn when nobody has it; [#end(Turn)] gives it back. A look that hangs loses it to the next one.
    Optional<Turn> begin() {
        long now = nanos.getAsLong();
        var before = looking.get();
        if (before != null && !before.isOlderThan(patience(), now)) {
            return Optional.empty();
        }
        var mine = new Turn(now, before != null);
        if (!looking.compareAndSet(before, mine)) {
            return Optional.empty();
        }
        if (before != null) {
            before.leave();
        }
        return Optional.of(mine);
    }

    /// Waits until no more than so many look at the same servers. One that was taken over asks these nothing.
    void enter(Turn turn, Semaphore places) {
        if (turn.isTakenOver()) {
            return;
        }
        if (trouble == null) {
            turn.enter(places, nanos);
        } else {
            // what is counted elsewhere does not wait for servers that do not answer
            turn.tryToEnter(places, nanos);
        }
        if (isOver(turn)) {
            // it was given up meanwhile, by one that could not know of its place
            turn.leave();
        }
    }

    private Duration patience() {
        return backoff.abandonedAfter(access.doors().size());
    }

    /// @return whether the turn was still this one's: else what it saw is too old
    boolean end(Turn turn) {
        turn.leave();
        return looking.compareAndSet(turn, null);
    }

    /// Waits no longer for a broker that did not answer.
    void lookSoon() {
        pause = Wait.OVER;
    }

    /// Whether the broker answers by no way, so that the first word of it is news.
    boolean isSilent() {
        return trouble != null && known().told().isEmpty();
    }

    ManagementApi api() {
        return api;
    }

    /// @param awake the queues of pools that have pods: the others are counted between looks
    /// @return empty when there is no news: it is not time to ask again, and still nothing could be counted
    Optional<Probe> look(Turn turn, Audience<?> audience, Set<String> awake) {
        if (turn.isTakenOver()) {
            return hung(turn, audience);
        }
        var before = trouble;
        boolean due = pause.isOver(clock.instant());
        if (before == null || (due && turn.hasPlace())) {
            return ask(turn, audience, awake);
        }
        boolean silent = isSilent();
        var counted = countAll(audience);
        if (isOver(turn)) {
            return Optional.empty();
        }
        known.set(Known.counted(question(audience.queues()), counted));
        if (silent && !counted.isEmpty()) {
            // it is back: what was waited for is over
            failures = 0;
            return ask(turn, audience, awake);
        }
        if (!counted.isEmpty()) {
            return Optional.of(counted(before));
        }
        return silent
                ? Optional.empty()
                : Optional.of(new Probe.Blind(before.reason(), before.message(), clock.instant()));
    }

    /// That a look hangs is told as any other failure: who only waits for it would never hear of it.
    private Optional<Probe> hung(Turn turn, Audience<?> audience) {
        return failed(
                turn,
                audience,
                ManagementException.Fault.UNREACHABLE.reason(),
                "%s has not answered a look within %d s: the look hangs and was given up; is the way to each of its servers open?"
                        .formatted(access.management(), patience().toSeconds()));
    }

    /// Whether it was given up: what comes of it is too old.
    private boolean isOver(Turn turn) {
        return !turn.equals(looking.get());
    }

    private Optional<Probe> ask(Turn turn, Audience<?> audience, Set<String> awake) {
        long start = nanos.getAsLong();
        try {
            var all = Stream.concat(audience.queues().stream(), audience.others().stream())
                    .collect(Collectors.toSet());
            var found = api.read(all);
            var counted = Known.of(question(all), found).counting(count(audience, awake, found));
            if (isOver(turn)) {
                return Optional.empty();
            }
            var took = Duration.ofNanos(nanos.getAsLong() - start);
            failures = 0;
            pause = Wait.OVER;
            trouble = null;
            metrics.looked(access.management(), "ok", took);
            known.set(counted);
            return Optional.of(new Probe.Seen(counted.question(), counted.latest(), took, clock.instant()));
        } catch (ManagementException e) {
            return failed(turn, audience, e);
        } catch (RuntimeException | Error e) {
            // the loop must outlive any answer that cannot be read, and one that is too much is not asked for at once
            return failed(turn, audience, ManagementException.unreachable(access.management(), e));
        }
    }

    /// What was counted a moment ago for a pool that has no pods is good enough, unless something waits since.
    private Map<String, Long> count(Audience<?> audience, Set<String> awake, Map<String, QueueSample> found) {
        var counted = counter.recent();
        var due = audience.queues().stream()
                .filter(queue -> found.containsKey(queue)
                        && (awake.contains(queue) || !counted.containsKey(queue) || waits(found.get(queue))))
                .toList();
        counted.keySet().removeAll(due);
        counted.putAll(counter.count(due, audience.doors()));
        return counted;
    }

    /// What there was no time for is as it was counted a moment ago; where nothing was counted, nothing is known.
    private Map<String, Long> countAll(Audience<?> audience) {
        var counted = counter.count(audience.queues(), audience.doors());
        if (counted.isEmpty() || counted.size() == audience.queues().size()) {
            return counted;
        }
        var recent = counter.recent();
        recent.keySet().retainAll(audience.queues());
        return recent;
    }

    private static boolean waits(@Nullable QueueSample queue) {
        return queue != null && !Objects.equals(queue.ready(), 0L);
    }

    private Optional<Probe> failed(Turn turn, Audience<?> audience, ManagementException why) {
        var before = trouble;
        var reason = why.fault().reason();
        if (before == null || !before.reason().equals(reason)) {
            LOG.warn("{}; asking again, at most 30 s apart", why.inFull());
        }
        return failed(turn, audience, reason, String.valueOf(why.getMessage()));
    }

    /// Takes the turn to count, which [#count(Set, Set)] gives back.
    boolean beginCount() {
        return !known().told().isEmpty() && looking.get() == null && counting.compareAndSet(false, true);
    }

    void endCount() {
        counting.set(false);
    }

    /// What was seen last, with these queues, or some of many, counted now; empty when none could be.
    ///
    /// @param doors by any of which the queues may be counted
    Optional<Probe> count(Set<String> queues, Set<AmqpAccess> doors) {
        try {
            var before = known();
            var counted = counter.countSome(
                    queues.stream().filter(before.told()::containsKey).toList(), doors);
            if (counted.isEmpty()) {
                return Optional.empty();
            }
            var after = before.counting(counted);
            if (!known.compareAndSet(before, after)) {
                // a look has told more since: what lies below these counts is too old
                return Optional.empty();
            }
            var blind = trouble;
            return Optional.of(
                    blind == null
                            ? new Probe.Seen(after.question(), after.latest(), Duration.ZERO, clock.instant())
                            : counted(blind));
        } finally {
            endCount();
        }
    }

    /// Takes leave of the broker.
    void close() {
        counter.close();
    }

    private Optional<Probe> failed(Turn turn, Audience<?> audience, String reason, String message) {
        var counted = countAll(audience);
        var now = clock.instant();
        if (isOver(turn)) {
            return Optional.empty();
        }
        var inARow = failures + 1;
        failures = inARow;
        known.set(Known.counted(question(audience.queues()), counted));
        pause = Wait.of(now, backoff.after(inARow));
        metrics.looked(access.management(), reason, Duration.ofNanos(nanos.getAsLong() - turn.began()));
        var blind = new Probe.Blind(reason, message, now);
        trouble = blind;
        return Optional.of(counted.isEmpty() ? blind : counted(blind));
    }

    private Known known() {
        return Objects.requireNonNull(known.get());
    }

    private Question question(Set<String> queues) {
        return new Question(queues, access.addresses());
    }

    private Probe counted(Probe.Blind blind) {
        var now = known();
        return new Probe.Counted(now.question(), blind.reason(), blind.message(), now.latest(), clock.instant());
    }
}
