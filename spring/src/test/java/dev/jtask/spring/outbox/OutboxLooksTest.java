package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.Parcel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How much of the table the relay reads while a queue takes nothing.
class OutboxLooksTest {

    private final FakeBacklog backlog = new FakeBacklog();
    private final List<String> sent = new ArrayList<>();
    private boolean full = true;
    private long nanos;
    private final OutboxRelay relay = new OutboxRelay(
            backlog,
            (parcel, patience) -> send(parcel),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            InstantSource.system(),
            () -> nanos);

    @Test
    void whatRestsIsNotReadAtEachLook() {
        add(1_000);
        seconds(60);
        backlog.read = 0;

        seconds(120);

        // all each half minute, and ten each time that they have rested
        assertThat(backlog.read).isBetween(1_000L, 10_000L);
        full = false;
        seconds(30);
        assertThat(backlog.waiting).isEmpty();
    }

    @Test
    void whatIsWrittenBehindItGoesAtOnce() {
        add(100);

        for (int i = 1; i <= 100; i++) {
            backlog.add("other");
            seconds(1);
            assertThat(sent).hasSize(i);
        }
        assertThat(sent).containsOnly("other");
    }

    @Test
    void whatIsCommittedLateBeforeItGoesSoon() {
        add(1);
        backlog.add("late");
        var late = backlog.waiting.remove(1);
        add(1);
        seconds(120);

        backlog.waiting.add(1, late);
        seconds(30);

        assertThat(sent).containsExactly("late");
    }

    private void add(int messages) {
        for (int i = 0; i < messages; i++) {
            backlog.add("full");
        }
    }

    /// Looks after each of them, until there is no more.
    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            nanos += Duration.ofSeconds(1).toNanos();
            int looks = 0;
            while (relay.round()) {
                assertThat(looks++).as("looks at a time").isLessThan(1_000);
            }
        }
    }

    private CompletableFuture<@Nullable Void> send(Parcel parcel) {
        var queue = parcel.route().routingKey();
        if (full && queue.equals("full")) {
            return CompletableFuture.failedFuture(new IllegalStateException("the queue is full"));
        }
        sent.add(queue);
        return CompletableFuture.completedFuture(null);
    }
}
