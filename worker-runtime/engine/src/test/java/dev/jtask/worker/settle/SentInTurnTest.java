package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.broker.TaskSender;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SentInTurnTest {

    private RecordingSender sender = new RecordingSender();

    @Test
    void hasNoMoreOfManyLargeMessagesInMemoryThanTheBrokerIsAskedToConfirm() {
        sender.hold();
        var sent = send(Collections.nCopies(1_000, task(100_000)));

        assertThat(sender.sent().size()).as("16 MiB of them").isBetween(160, 170);
        for (int i = 0; i < 1_000; i++) {
            assertThat(sent).isNotDone();
            sender.sent().get(i).answer().complete(null);
        }
        assertThat(sent).isCompleted();
        assertThat(sender.sent()).hasSize(1_000);
    }

    @Test
    void hasNoMoreThanAThousandSmallOnesUnderWay() {
        sender.hold();
        var sent = send(Collections.nCopies(1_500, task(1)));

        assertThat(sender.sent()).hasSize(1_000);
        sender.sent().get(7).answer().complete(null);
        assertThat(sender.sent()).hasSize(1_001);
        assertThat(sent).isNotDone();
    }

    @Test
    void sendsManyThatAreConfirmedAtOnce() {
        assertThat(send(Collections.nCopies(20_000, task(1)))).isCompleted();
        assertThat(sender.sent()).hasSize(20_000);
    }

    @Test
    void oneThatIsRefusedStopsNoOtherAndIsTold() {
        sender.hold();
        var sent = send(List.of(task(1), task(1), task(1)));
        sender.sent().get(0).answer().completeExceptionally(BrokerFailures.refused("too large"));
        sender.sent().get(1).answer().complete(null);
        assertThat(sent).isNotDone();
        sender.sent().get(2).answer().complete(null);

        assertThat(sent).isCompletedExceptionally();
        assertThat(sent.exceptionNow()).isInstanceOf(PublishRefusedException.class);
    }

    @Test
    void oneThatNothingCanWaitForStopsNoOtherAndIsTold() {
        sender.hold();
        var tasks = new ArrayList<>(Collections.nCopies(1_000, task(1)));
        tasks.add(new Routed(
                Route.toQueue("mail.*"),
                Given.message("late").toBuilder()
                        .eta(SettableClock.START.plusSeconds(5))
                        .build()));
        tasks.add(task(1));

        confirmAll(send(tasks), 1_001, "nothing can wait for it");
    }

    @Test
    void oneWhoseWayThrowsStopsNoOtherAndIsTold() {
        for (var thrown : List.of(new IllegalStateException("at once"), new InternalError("at once"))) {
            var heavy = new RecordingSender();
            heavy.answer(parcel -> {
                if (parcel.queue().equals("heavy")) {
                    switch (thrown) {
                        case Error error -> throw error;
                        case RuntimeException exception -> throw exception;
                        default -> throw new AssertionError(thrown);
                    }
                }
                return new CompletableFuture<>();
            });
            sender = heavy;
            var tasks = new ArrayList<>(Collections.nCopies(1_000, task(1)));
            tasks.add(new Routed(Route.toQueue("heavy"), Given.message("heavy")));
            tasks.add(task(1));

            confirmAll(send(tasks), 1_001, "at once");
        }
    }

    private void confirmAll(CompletableFuture<?> sent, int all, String why) {
        for (int i = 0; i < all; i++) {
            assertThat(sent).as("%d are confirmed", i).isNotDone();
            sender.sent().get(i).answer().complete(null);
        }
        assertThat(sender.sent()).hasSize(all);
        assertThat(sent).isCompletedExceptionally();
        assertThat(sent.exceptionNow()).hasMessageContaining(why);
    }

    @Test
    void ofNoneItIsOverAtOnce() {
        assertThat(send(List.of())).isCompleted();
    }

    private CompletableFuture<?> send(List<Routed> tasks) {
        var way = new TaskSender(sender, TaskSender.Waiting.IN_THE_BROKER, new SettableClock());
        return SentInTurn.of(way, sender, tasks);
    }

    private static Routed task(int size) {
        return new Routed(
                Route.toQueue("one"),
                Given.message("a").toBuilder()
                        .kwargs(JsonNodeFactory.instance.objectNode().put("x", "x".repeat(size)))
                        .build());
    }
}
