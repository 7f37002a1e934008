package dev.jtask.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.broker.Continuations;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.PieceMark;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Pieces that come by the reply queue.
class PiecesTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TaskHandle<Integer> handle = WaitingTest.handle("a");

    @Test
    void theyAreReadInTheirOrderUntilTheTaskEnds() {
        emit("r", 1, 1);
        emit("r", 1, 2);
        end("r", 2);

        assertThat(handle.pieces(Integer.class, SOON)).containsExactly(new Piece<>(1, 1, 10), new Piece<>(1, 2, 20));
        assertThat(handle.get(SOON)).isEqualTo(5);
        assertThat(handle.pieces(Integer.class, SOON)).as("each is given once").isEmpty();
    }

    @Test
    void theyAreReadWhileTheTaskRuns() {
        var read = new CopyOnWriteArrayList<Integer>();
        var reading = CompletableFuture.runAsync(
                () -> handle.pieces(Integer.class, SOON).forEach(piece -> read.add(piece.value())),
                Continuations.OWN_THREAD);

        emit("r", 1, 1);
        await().atMost(SOON).until(() -> read.equals(List.of(10)));
        assertThat(handle.status()).as("a piece is no state").isEqualTo(TaskState.PENDING);
        emit("r", 1, 2);
        await().atMost(SOON).until(() -> read.equals(List.of(10, 20)));
        assertThat(reading).isNotDone();
        end("r", 2);
        assertThat(reading).succeedsWithin(SOON);
    }

    @Test
    void aRunThatBeginsAnewIsSeen() {
        emit("first", 1, 1);
        emit("first", 1, 2);
        emit("second", 2, 1);
        emit("first", 1, 3);
        end("second", 1);

        // the end is known already, and with it the run that counts
        assertThat(handle.pieces(Integer.class, SOON)).singleElement().satisfies(piece -> {
            assertThat(piece.isFirst()).isTrue();
            assertThat(piece.attempt()).isEqualTo(2);
        });
    }

    @Test
    void aReaderThatIsAheadOfTheEndIsToldByTheNumberOne() {
        emit("first", 1, 1);
        emit("first", 1, 2);
        emit("second", 1, 1);
        emit("first", 1, 3);

        assertThat(numbers(3)).containsExactly(1L, 2L, 1L);
    }

    @Test
    void whatIsMissingIsSeen() {
        emit("r", 1, 1);
        emit("r", 1, 3);

        var lost = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(lost::toList)
                .isInstanceOf(PiecesLostException.class)
                .hasMessageContaining("pieces before number 3 of attempt 1 of task a: the connection was lost")
                .hasMessageContaining("get(…) has it");
    }

    @Test
    void aLostTailIsSeen() {
        emit("r", 1, 1);
        end("r", 3);

        assertThat(numbers(1)).containsExactly(1L);
        var lost = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(lost::toList)
                .isInstanceOf(PiecesLostException.class)
                .hasMessageContaining("pieces 2 to 3 of task a");
        assertThat(handle.get(SOON)).isEqualTo(5);
    }

    @Test
    void anEndInTheRunThatWasNotReadIsSeen() {
        emit("old", 1, 1);
        emit("new", 1, 1);
        assertThat(numbers(2)).containsExactly(1L, 1L);
        end("old", 4);

        var lost = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(lost::toList).isInstanceOf(PiecesLostException.class).hasMessageContaining("it ran twice");
    }

    @Test
    void aFailureComesAfterWhatWasEmitted() {
        emit("r", 1, 1);
        handle.report(ResultMessage.error(
                "a", TaskState.FAILURE, RemoteError.of(new IllegalStateException("no paper")), "at x"));

        var read = new CopyOnWriteArrayList<Integer>();
        var pieces = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(() -> pieces.forEach(piece -> read.add(piece.value())))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("no paper");
        assertThat(read).containsExactly(10);
    }

    @Test
    void whoHasNotAskedIsToldAtTheEnd() {
        handle.report(ResultMessage.success("a", IntNode.valueOf(5)));

        var none = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(none::toList)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("send it withPieces(), to a Java worker");
    }

    @Test
    void nobodyWaitsForLongerThanHeLikes() {
        var none = handle.pieces(Integer.class, Duration.ofMillis(20));
        assertThatThrownBy(none::toList).isInstanceOf(TaskTimeoutException.class);

        emit("r", 1, 1);
        end("r", 1);
        assertThat(handle.pieces(Integer.class, SOON)).as("another goes on").hasSize(1);
    }

    @Test
    void anAbandonedTaskHasNoMore() {
        emit("r", 1, 1);
        handle.abandon(new IllegalStateException("the client was closed"));

        var none = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(none::toList).hasMessage("the client was closed");
    }

    @Test
    void aPieceOfAnotherTypeIsNamed() {
        emit("r", 1, 1);

        var pieces = handle.pieces(Boolean.class, SOON);
        assertThatThrownBy(pieces::toList).hasMessageContaining("the piece of task a is no java.lang.Boolean");
    }

    @Test
    void whatNobodyReadsIsBounded() {
        IntStream.rangeClosed(1, ArrivedPieces.MOST + 5).forEach(i -> emit("r", 1, i));
        end("r", ArrivedPieces.MOST + 5);

        assertThat(numbers(ArrivedPieces.MOST)).hasSize(ArrivedPieces.MOST);
        var rest = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(rest::toList)
                .isInstanceOf(PiecesLostException.class)
                .hasMessageContaining("pieces 10001 to 10005 of task a")
                .hasMessageContaining("read them sooner");
    }

    private List<Long> numbers(int count) {
        return handle.pieces(Integer.class, SOON)
                .limit(count)
                .map(Piece::number)
                .toList();
    }

    private void emit(String run, int attempt, int number) {
        handle.report(new EmittedPiece(new PieceMark(run, attempt, number), IntNode.valueOf(10 * number)).message("a"));
    }

    private void end(String run, long number) {
        handle.report(ResultMessage.success("a", IntNode.valueOf(5)).after(new PieceMark(run, 1, number)));
    }
}
