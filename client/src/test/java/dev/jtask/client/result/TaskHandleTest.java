package dev.jtask.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.broker.Continuations;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskHandleTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TaskHandle<Integer> handle = WaitingTest.handle("a");

    @Test
    void manyThreadsWaitForOneResultAsLongAsTheyLike() {
        var all = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> handle.get(Duration.ofSeconds(Long.MAX_VALUE)), Continuations.OWN_THREAD))
                .toList();
        handle.report(ResultMessage.success("a", IntNode.valueOf(5)));

        assertThat(all).allSatisfy(got -> assertThat(got).succeedsWithin(SOON).isEqualTo(5));
    }

    @Test
    void toCancelAFutureOfTheResultTouchesNoOther() {
        var cancelled = handle.onComplete();
        var other = handle.onComplete();
        cancelled.cancel(true);
        handle.report(ResultMessage.success("a", IntNode.valueOf(5)));

        assertThat(other).succeedsWithin(SOON).isEqualTo(5);
        assertThat(handle.get(SOON)).isEqualTo(5);
    }

    @Test
    void aResultOfAnotherTypeIsNamed() {
        handle.report(ResultMessage.success("a", TextNode.valueOf("five")));

        assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("the result of task a is no java.lang.Integer");
        assertThat(handle).hasToString("task a on queue 'here', SUCCESS");
    }

    @Test
    void theTransactionThatSendsItDoesNotWaitForIt() {
        handle.defer();
        assertThatThrownBy(() -> handle.get(SOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "task a goes out after the commit of the transaction on this thread; wait for it after that");
        assertThatThrownBy(() -> handle.await(SOON)).hasMessageContaining("after the commit");
        var elsewhere = CompletableFuture.supplyAsync(() -> handle.get(SOON), Continuations.OWN_THREAD);
        assertThat(elsewhere).as("another thread may wait").isNotDone();

        handle.depart();
        assertThat(handle.await(Duration.ZERO)).isFalse();
        handle.report(ResultMessage.success("a", IntNode.valueOf(5)));
        assertThat(handle.get(SOON)).isEqualTo(5);
        assertThat(elsewhere).succeedsWithin(SOON).isEqualTo(5);
    }

    @Test
    void anOlderStateThatIsReadWhileTheEndIsToldDoesNotTakeItBack() {
        var outcome = new CompletableFuture<ResultMessage>() {
            private Runnable meanwhile = () -> {};

            @Override
            public boolean isDone() {
                boolean done = super.isDone();
                var next = meanwhile;
                meanwhile = () -> {};
                next.run();
                return done;
            }
        };
        var late = WaitingTest.handle("a", outcome);
        outcome.meanwhile = () -> late.report(ResultMessage.success("a", IntNode.valueOf(5)));
        late.report(ResultMessage.of("a", TaskState.STARTED, TextNode.valueOf("here")));

        assertThat(late.isReady()).isTrue();
        assertThat(late.status()).isEqualTo(TaskState.SUCCESS);
        assertThat(late.get(SOON)).isEqualTo(5);
    }

    @Test
    void whatHasComeNeedsNoWaiting() {
        handle.defer();
        handle.report(ResultMessage.success("a", IntNode.valueOf(5)));

        assertThat(handle.get(SOON)).isEqualTo(5);
    }

    @Test
    void whoIsInterruptedStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> handle.await(SOON)).hasMessageContaining("interrupted while waiting for task a");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void progressIsWhatTheTaskToldLastWhileItRuns() {
        assertThat(handle.progress(Integer.class)).isEmpty();
        handle.report(ResultMessage.of("a", TaskState.STARTED, TextNode.valueOf("its worker")));
        assertThat(handle.progress(Integer.class)).isEmpty();

        handle.report(ResultMessage.of("a", "PROGRESS", IntNode.valueOf(30)));
        assertThat(handle.progress(Integer.class)).contains(30);
        assertThatThrownBy(() -> handle.progress(Boolean.class))
                .hasMessageContaining("the progress of task a is no java.lang.Boolean");

        handle.report(ResultMessage.success("a", IntNode.valueOf(5)));
        assertThat(handle.progress(Integer.class)).isEmpty();
    }

    @Test
    void thatItWaitsForASignalIsNoProgress() {
        handle.report(ResultMessage.of("a", "PROGRESS", IntNode.valueOf(1)));
        var heard = new LinkedBlockingQueue<Integer>();
        handle.onProgress(value -> heard.add(value.asInt()));
        handle.report(ResultMessage.of("a", TaskState.WAITING, TextNode.valueOf("approval")));
        assertThat(handle.status()).isEqualTo("WAITING");
        assertThat(handle.progress(Integer.class)).isEmpty();

        handle.report(ResultMessage.of("a", "PROGRESS", IntNode.valueOf(2)));
        await().atMost(SOON).until(() -> heard.size() == 2);
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void listenersHearEachProgressInItsOrderThoughOneThrows() {
        var heard = new LinkedBlockingQueue<Integer>();
        handle.report(ResultMessage.of("a", "PROGRESS", IntNode.valueOf(1)));
        handle.onProgress(value -> {
            heard.add(value.asInt());
            throw new IllegalStateException("a listener's own fault");
        });
        for (int i = 2; i <= 50; i++) {
            handle.report(ResultMessage.of("a", "COUNTING", IntNode.valueOf(i)));
        }

        await().atMost(SOON).until(() -> heard.size() == 50);
        assertThat(heard)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
    }
}
