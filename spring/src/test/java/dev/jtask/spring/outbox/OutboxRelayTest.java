package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.jtask.broker.Parcel;
import dev.jtask.broker.UnroutableException;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.topology.DelayTopology;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /// Twenty failures in a row would rest for longer: those of one batch are one.
    private static final Duration SOON_ENOUGH = Duration.ofSeconds(4);

    /// In place of a queue: the delays.
    private static final String DELAYED = "delays";

    private final FakeBacklog backlog = new FakeBacklog();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Map<String, Supplier<RuntimeException>> failing = new HashMap<>();
    private final List<CompletableFuture<@Nullable Void>> open = new CopyOnWriteArrayList<>();
    private boolean slow;
    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private final OutboxRelay relay = relay(backlog);

    @Test
    void whatIsConfirmedGoesInItsOrder() {
        backlog.add("a");
        backlog.add("b");
        backlog.add("a");

        assertThat(relay.round()).isTrue();
        assertThat(relay.round()).isFalse();

        assertThat(sent).containsExactly("a", "b", "a");
        assertThat(backlog.waiting).isEmpty();
    }

    /// As a half-open connection to it does.
    @Test
    void aDatabaseThatDoesNotAnswerIsNotWaitedForAtTheEnd() {
        backlog.hangs = true;
        relay.start();

        assertTimeoutPreemptively(SOON, relay::stop);

        assertThat(relay.troubles()).isEmpty();
        backlog.answers.countDown();
        await().atMost(SOON).until(() -> !relay.troubles().isEmpty());
    }

    @Test
    void whereTheBrokerTakesNothingNowItRestsAndOthersGo() {
        failing.put("full", () -> new IllegalStateException("the queue is full"));
        for (int i = 0; i < 20; i++) {
            backlog.add("full");
        }
        backlog.add("other");

        assertThat(relay.round()).isTrue();
        assertThat(relay.round()).as("behind them").isTrue();
        assertThat(relay.round()).as("for now").isFalse();

        assertThat(sent).containsExactly("other");
        assertThat(backlog.waiting).hasSize(20);
        failing.clear();
        await().atMost(SOON_ENOUGH).until(() -> {
            relay.round();
            return backlog.waiting.isEmpty();
        });
    }

    @Test
    void whatFailsForNowIsNotOvertaken() {
        failing.put("a", () -> {
            failing.clear(); // the next one gets through
            return new IllegalStateException("the connection was lost");
        });
        backlog.add("a");
        backlog.add("a");
        backlog.add("other");

        relay.round();
        assertThat(sent).containsExactly("other");
        assertThat(backlog.waiting).extracting(Letter::id).containsExactly(1L, 2L);
        await().atMost(SOON_ENOUGH).until(() -> {
            relay.round();
            return backlog.waiting.isEmpty();
        });
    }

    @Test
    void whatNoQueueTakesForNowIsNotOvertakenEither() {
        failing.put("a", () -> {
            failing.clear(); // its queue is made anew
            return new UnroutableException(Route.toQueue("a"), "NO_ROUTE");
        });
        backlog.add("a");
        backlog.add("a");

        relay.round();

        assertThat(sent).isEmpty();
        assertThat(backlog.waiting).extracting(Letter::id).containsExactly(1L, 2L);
    }

    @Test
    void whereItFailedBeforeOneGoesFirstAndTheOthersOnceItIsThrough() {
        failing.put("a", () -> new IllegalStateException("the connection was lost"));
        IntStream.range(0, 3).forEach(i -> backlog.add("a"));
        relay.round();
        failing.clear();
        slow = true;

        var rounds = CompletableFuture.runAsync(this::roundsUntilOneIsSent);
        await().atMost(SOON).until(() -> !open.isEmpty());
        open.remove(0).completeExceptionally(new IllegalStateException("the connection was lost"));
        assertThat(rounds).succeedsWithin(SOON);
        assertThat(sent).containsExactly("a");
        assertThat(backlog.waiting).hasSize(3);

        sent.clear();
        rounds = CompletableFuture.runAsync(this::roundsUntilOneIsSent);
        await().atMost(SOON).until(() -> !open.isEmpty());
        open.remove(0).complete(null);
        await().atMost(SOON).until(() -> open.size() == 2);
        open.forEach(each -> each.complete(null));
        assertThat(rounds).succeedsWithin(SOON);
        assertThat(backlog.waiting).isEmpty();
    }

    private void roundsUntilOneIsSent() {
        while (sent.isEmpty()) {
            relay.round();
        }
    }

    @Test
    void aMessageThatNoQueueTakesIsTriedOnceMoreAndThenSetAside() {
        failing.put("gone", () -> new UnroutableException(Route.toQueue("gone"), "NO_ROUTE"));
        backlog.add("gone");
        backlog.add("other");

        relay.round();
        assertThat(backlog.refused).isEmpty();
        await().atMost(SOON).until(() -> {
            relay.round();
            return !backlog.refused.isEmpty();
        });

        assertThat(backlog.refused.get(1L)).startsWith("no queue named 'gone'");
        assertThat(sent).containsExactly("other");
        assertThat(backlog.waiting).isEmpty();
    }

    @Test
    void whatNobodyCanReadIsSetAside() {
        backlog.add("a", "{\"headers\":7", 1);
        backlog.add("b");

        relay.round();

        assertThat(backlog.refused.get(1L)).startsWith("its properties are no JSON");
        assertThat(sent).containsExactly("b");
    }

    @Test
    void aLargeMessageIsNotOvertakenAndOvertakesNone() {
        slow = true;
        backlog.add("a");
        backlog.add("large", FakeBacklog.PROPERTIES, 1 << 20);
        backlog.add("c");
        var round = CompletableFuture.supplyAsync(relay::round);

        for (var each : List.of("a", "large", "c")) {
            await().atMost(SOON).until(() -> !open.isEmpty());
            assertThat(sent).endsWith(each);
            open.remove(0).complete(null);
        }
        assertThat(round).succeedsWithin(SOON);
    }

    @Test
    void aDelayCountsFromItsSending() {
        var due = FakeBacklog.properties(now.plusSeconds(600));
        backlog.add("a", due, 1);
        now = now.plusSeconds(180);
        relay.round();
        backlog.add("b", due, 1);
        now = now.plusSeconds(420);
        relay.round();

        var delayed = DelayTopology.route("a", Duration.ofMinutes(7));
        assertThat(sent).containsExactly(delayed.routingKey(), "b");
        assertThat(backlog.waiting).isEmpty();
    }

    @Test
    void aDelayThatNoQueueTookWaitsAtTheWorker() {
        failing.put(DELAYED, () -> new UnroutableException(Route.toQueue("celery_delayed_27"), "NO_ROUTE"));
        backlog.add("a", FakeBacklog.properties(now.plusSeconds(600)), 1);

        relay.round();

        assertThat(sent).containsExactly("a");
        assertThat(backlog.refused).isEmpty();
        assertThat(backlog.waiting).isEmpty();
    }

    @Test
    void aTimeThatNobodyCanReadIsSetAside() {
        backlog.add("a", FakeBacklog.properties(now).replace(now.toString(), "noon"), 1);
        backlog.add("b");

        relay.round();

        assertThat(backlog.refused.get(1L)).startsWith("it is due at 'noon', which is no time");
        assertThat(sent).containsExactly("b");
    }

    @Test
    void itStartsWorkWhenItIsWokenAndEndsWhenItIsTold() {
        assertThat(relay.troubles()).containsExactly("the outbox's relay does not run");
        relay.start();
        await().atMost(SOON).until(() -> relay.level().isPresent());
        assertThat(relay.troubles()).isEmpty();

        relay.stop();

        assertThat(relay.troubles()).isNotEmpty();
    }

    @Test
    void aTableThatCannotBeReadIsToldAndTriedAgain() {
        var broken = relay(new BrokenBacklog());
        broken.start();
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(broken.troubles())
                            .containsExactly("the outbox cannot be relayed: the database is away"));
            assertThat(broken.level()).as("unknown is not zero").isEmpty();
        } finally {
            broken.stop();
        }
    }

    private OutboxRelay relay(Backlog of) {
        return new OutboxRelay(
                of,
                (parcel, patience) -> send(parcel),
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                () -> now,
                System::nanoTime);
    }

    private CompletableFuture<@Nullable Void> send(Parcel parcel) {
        var queue = parcel.route().routingKey();
        var failure = failing.get(parcel.upkeep() == Parcel.Upkeep.DELAYED ? DELAYED : queue);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure.get());
        }
        sent.add(queue);
        if (!slow) {
            return CompletableFuture.completedFuture(null);
        }
        var confirm = new CompletableFuture<@Nullable Void>();
        open.add(confirm);
        return confirm;
    }
}
