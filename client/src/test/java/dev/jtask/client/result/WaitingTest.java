package dev.jtask.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingTest {

    static final TaskHandle.Control CONTROL = new TaskHandle.Control() {
        @Override
        public void revoke(String... tasks) {}

        @Override
        public void terminate(String... tasks) {}
    };

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Hand hand = new Hand();
    private final Waiting waiting = new Waiting(hand);

    @Test
    void aHandleWaitsUntilItsTaskHasEnded() {
        var handle = handle("a");
        add(handle, START);

        assertThat(waiting.report(ResultMessage.of("a", TaskState.STARTED, NullNode.instance)))
                .isTrue();
        assertThat(waiting.size()).isEqualTo(1);
        waiting.report(ResultMessage.success("a", IntNode.valueOf(3)));
        assertThat(waiting.size()).isZero();
        assertThat(waiting.report(ResultMessage.success("a", IntNode.valueOf(3))))
                .isFalse();
        assertThat(handle.get(Duration.ZERO)).isEqualTo(3);
    }

    @Test
    void aStateThatIsReadLateDoesNotUndoTheEnd() {
        var handle = handle("a");
        handle.report(ResultMessage.success("a", IntNode.valueOf(3)));
        handle.report(ResultMessage.of("a", TaskState.STARTED, NullNode.instance));

        assertThat(handle.status()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void whatNeverComesIsGivenUpAfterADay() {
        var old = handle("old");
        var young = handle("young");
        add(old, START);
        add(young, START.plus(Duration.ofHours(23)));
        assertThat(waiting.size()).isEqualTo(2);

        assertThat(add(handle("new"), START.plus(Duration.ofHours(25)))).containsExactly("old");
        assertThatThrownBy(() -> old.get(Duration.ZERO))
                .hasMessageContaining("task old on queue 'here'")
                .hasMessageContaining("no result came within PT24H");
        assertThat(young.isReady()).isFalse();
    }

    @Test
    void whatWaitsForASignalIsGivenUpADayAfterItsTimeIsOver() {
        var handle = handle("a");
        add(handle, START);
        waiting.report(ResultMessage.waiting("a", "approval", START.plus(Duration.ofDays(2))));

        assertThat(add(handle("later"), START.plus(Duration.ofHours(71)))).isEmpty();
        assertThat(handle.isReady()).isFalse();
        assertThat(add(handle("latest"), START.plus(Duration.ofHours(73)))).containsExactly("a");
    }

    @Test
    void whatIsNotDueYetIsGivenUpADayAfterItIs() {
        var handle = handle("a");
        waiting.add(handle, START.plus(Duration.ofHours(36)));

        assertThat(add(handle("later"), START.plus(Duration.ofHours(59)))).isEmpty();
        assertThat(handle.isReady()).isFalse();
        assertThat(add(handle("latest"), START.plus(Duration.ofHours(61)))).containsExactly("a");
    }

    @Test
    void whatIsHeardOfIsGivenUpADayAfterThat() {
        var handle = handle("a");
        add(handle, START);
        hand.now = START.plus(Duration.ofHours(23));
        waiting.report(ResultMessage.of("a", "PROGRESS", IntNode.valueOf(7)));

        assertThat(add(handle("later"), START.plus(Duration.ofHours(46)))).isEmpty();
        assertThat(handle.isReady()).isFalse();
        assertThat(add(handle("latest"), START.plus(Duration.ofHours(49)))).contains("a");
    }

    @Test
    void aStateThatOnlyLooksLikeAWaitPutsNothingOff() {
        add(handle("a"), START);
        add(handle("b"), START);
        waiting.report(ResultMessage.of("a", TaskState.WAITING, IntNode.valueOf(7)));
        waiting.report(ResultMessage.of(
                "b", "PROGRESS", ResultMessage.waiting("b", "x", Instant.MAX).result()));

        assertThat(add(handle("new"), START.plus(Duration.ofHours(25)))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void handlesThatTheirCallersDropAreLetGoAndWhatIsChainedToOneStillComes() {
        var came = new CompletableFuture<Integer>();
        addChained("chained", came);
        var held = handle("held");
        add(held, START);
        IntStream.range(0, 10_000).forEach(i -> add(handle("dropped-" + i), START));

        var gone = new ArrayList<String>();
        await().atMost(SOON).untilAsserted(() -> {
            System.gc();
            gone.addAll(add(held, START));
            assertThat(waiting.size()).isEqualTo(2);
        });
        assertThat(gone).doesNotContain("held", "chained");
        waiting.report(ResultMessage.success("chained", IntNode.valueOf(7)));
        assertThat(came).succeedsWithin(SOON).isEqualTo(7);
        assertThat(held.isReady()).isFalse();
    }

    @Test
    void atTheEndEachHandleIsToldWhy() {
        var handle = handle("a");
        add(handle, START);
        waiting.abandonAll("the client was closed before the result came");

        assertThatThrownBy(() -> handle.get(SOON))
                .hasMessage("task a on queue 'here', PENDING: the client was closed before the result came");
    }

    private List<String> add(TaskHandle<?> handle, Instant time) {
        hand.now = time;
        return waiting.add(handle, null);
    }

    private void addChained(String id, CompletableFuture<Integer> came) {
        var handle = handle(id);
        add(handle, START);
        var ignored = handle.onComplete().thenAccept(came::complete);
    }

    static TaskHandle<Integer> handle(String id) {
        return handle(id, new CompletableFuture<>());
    }

    static TaskHandle<Integer> handle(String id, CompletableFuture<ResultMessage> outcome) {
        return new TaskHandle<>(
                id,
                "here",
                Integer.class,
                CONTROL,
                outcome,
                () -> new PieceReader(id, new ArrivedPieces(), CompletableFuture::new));
    }

    private static final class Hand extends Clock {

        private Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
