package dev.jtask.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.backend.FakeStore;
import dev.jtask.broker.Continuations;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.PieceMark;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.seal.ValueSeal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pieces that a result store keeps.
class KeptPiecesTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final FakeStore store = new FakeStore();
    private Replies replies;

    @BeforeEach
    void open() throws IOException {
        replies = Replies.from(store.opened(), WaitingTest.CONTROL, ValueSeal.NONE);
    }

    @Test
    void theyAreReadWhileTheTaskRuns() {
        TaskHandle<Integer> handle = replies.expect("a", "q", Integer.class, null);
        var read = new CopyOnWriteArrayList<Long>();
        var reading = CompletableFuture.runAsync(
                () -> handle.pieces(Integer.class, SOON).forEach(piece -> read.add(piece.number())),
                Continuations.OWN_THREAD);

        for (int i = 1; i <= 5; i++) {
            emit("r", i);
        }
        await().atMost(SOON).until(() -> read.size() == 5);
        end("r", 5);

        assertThat(reading).succeedsWithin(SOON);
        assertThat(read).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void anotherReadsThemLaterById() {
        emit("dead", 1);
        emit("dead", 2);
        emit("dead", 3);
        emit("r", 1);
        emit("dead", 4);
        emit("r", 2);
        end("r", 2);

        TaskHandle<Integer> handle = replies.find("a", Integer.class, SOON);
        assertThat(handle.pieces(Integer.class, SOON)).containsExactly(new Piece<>(1, 1, 10), new Piece<>(1, 2, 20));
    }

    @Test
    void whoHasReadTheWrongRunReadsTheRightOneFromItsFirst() {
        TaskHandle<Integer> handle = replies.expect("a", "q", Integer.class, null);
        emit("old", 1);
        emit("new", 1);
        emit("new", 2);
        assertThat(handle.pieces(Integer.class, SOON).limit(3).map(Piece::number))
                .containsExactly(1L, 1L, 2L);
        emit("old", 2);
        emit("new", 3);
        end("old", 2);

        assertThat(handle.pieces(Integer.class, SOON).map(Piece::number)).containsExactly(1L, 2L);
    }

    @Test
    void whoSendsAnIdOnceMoreGetsNothingThatTheFailedTaskHasEmitted() {
        emit("old", 1);
        var retried = new EmittedPiece(new PieceMark("retried", 2, 1), IntNode.valueOf(7));
        assertThat(store.opened().pieces().add(retried.message("a"))).isCompleted();
        fail();

        TaskHandle<Integer> handle = replies.expectAnew("a", "q", Integer.class, null, SOON);
        emit("new", 1);
        assertThat(handle.pieces(Integer.class, SOON).limit(1))
                .as("while it runs")
                .containsExactly(new Piece<>(1, 1, 10));
        end("new", 1);
        assertThat(handle.pieces(Integer.class, SOON)).isEmpty();
    }

    @Test
    void aFailureIsPastAlsoWhereNobodySaysInTimeWhatItsTaskHasEmitted() {
        fail();
        store.pieces().setAway(true);

        TaskHandle<Integer> handle = replies.expectAnew("a", "q", Integer.class, null, Duration.ofMillis(20));
        assertThat(handle.isReady()).isFalse();
    }

    @Test
    void aServerThatIsAwayIsWaitedFor() {
        TaskHandle<Integer> handle = replies.expect("a", "q", Integer.class, null);
        emit("r", 1);
        end("r", 1);
        store.pieces().setAway(true);
        var none = handle.pieces(Integer.class, Duration.ofMillis(20));
        assertThatThrownBy(none::toList).isInstanceOf(TaskTimeoutException.class);

        store.pieces().setAway(false);
        assertThat(handle.pieces(Integer.class, SOON)).hasSize(1);
    }

    @Test
    void whatWentBeforeItWasReadIsSeen() {
        TaskHandle<Integer> handle = replies.expect("a", "q", Integer.class, null);
        emit("r", 2);
        end("r", 2);

        var rest = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(rest::toList)
                .isInstanceOf(PiecesLostException.class)
                .hasMessageContaining("keeps the last 10000 pieces of a task");
    }

    @Test
    void whatCannotBeReadIsToldAfterWhatComesBeforeIt() {
        TaskHandle<Integer> handle = replies.expect("a", "q", Integer.class, null);
        emit("r", 1);
        assertThat(store.opened().pieces().add(EmittedPiece.signal("a"))).isCompleted();

        assertThat(handle.pieces(Integer.class, SOON).limit(1)).hasSize(1);
        var rest = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(rest::toList)
                .hasMessageContaining("a piece of task a cannot be read: a piece of task a has no");
    }

    private void emit(String run, int number) {
        var piece = new EmittedPiece(new PieceMark(run, 1, number), IntNode.valueOf(10 * number));
        assertThat(store.opened().pieces().add(piece.message("a"))).isCompleted();
    }

    private void fail() {
        var failure = ResultMessage.error("a", TaskState.FAILURE, RemoteError.celery("ValueError", "no"), null);
        assertThat(store.opened().results().store(new StoredResult(failure, null, null), Instant.EPOCH))
                .isCompleted();
    }

    private void end(String run, int number) {
        var result = ResultMessage.success("a", IntNode.valueOf(5)).after(new PieceMark(run, 1, number));
        assertThat(store.opened().results().store(new StoredResult(result, null, null), Instant.EPOCH))
                .isCompleted();
    }
}
