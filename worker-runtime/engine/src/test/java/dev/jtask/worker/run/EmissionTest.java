package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingEmitter;
import dev.jtask.worker.run.Emitter.Fate;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmissionTest {

    private final RecordingEmitter emitter = new RecordingEmitter();
    private final Job job = Given.job(Given.message("a").toBuilder()
            .retries(1)
            .customHeaders(Map.of(JtaskHeaders.PIECES, true))
            .build());
    private final Emission emission = emission(job);

    @Test
    void piecesHaveTheirRunAttemptAndNumber() {
        emission.emit("one");
        emission.emit(null);

        var run = emitter.pieces().getFirst().result().path("run").textValue();
        assertThat(emitter.pieces().getFirst().status()).isEqualTo("PIECE");
        assertThat(emitter.pieces())
                .extracting(piece -> piece.result().toString())
                .containsExactly(
                        "{\"run\":\"%s\",\"attempt\":2,\"number\":1,\"value\":\"one\"}".formatted(run),
                        "{\"run\":\"%s\",\"attempt\":2,\"number\":2,\"value\":null}".formatted(run));
        assertThat(job.lastPiece()).satisfies(last -> {
            assertThat(last.run()).isEqualTo(run);
            assertThat(last.number()).isEqualTo(2);
        });
    }

    @Test
    void whoDoesNotAskGetsNoneButTheTaskHearsWhatIsWrong() {
        var unread = Given.job("b");
        emission(unread).emit("one");

        assertThat(emitter.pieces()).isEmpty();
        assertThat(unread.lastPiece()).isNull();
        assertThatThrownBy(() -> emission(unread).emit(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("emit what can be written as JSON");
        assertThatThrownBy(() -> emission(unread).emit(BigInteger.TEN.pow(10_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a number of more than 10000 digits, which nobody reads");
    }

    @Test
    void aPieceThatIsRefusedIsNoneAndTheNextHasItsNumber() {
        emitter.answer(piece -> now(new Fate.Refused(new IllegalStateException("too large"))));
        assertThatThrownBy(() -> emission.emit("large"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large; emit smaller ones")
                .hasCauseInstanceOf(IllegalStateException.class);

        emitter.answer(piece -> now(new Fate.There()));
        emission.emit("small");
        assertThat(numbers()).containsExactly(1, 1);
        assertThat(job.lastPiece()).satisfies(last -> assertThat(last.number()).isEqualTo(1));
    }

    @Test
    void aReaderThatIsAwayForAMomentIsWaitedFor() {
        var misses = new AtomicInteger(3);
        emitter.answer(piece -> misses.getAndDecrement() > 0 ? now(new Fate.Unread()) : now(new Fate.There()));

        emission.emit("one");

        assertThat(numbers()).containsExactly(1, 1, 1, 1);
    }

    @Test
    void aReaderThatIsGoneStopsNoTask() {
        emitter.answer(piece -> now(new Fate.Unread()));
        emission.emit("one");
        int tries = emitter.pieces().size();

        emitter.answer(piece -> now(new Fate.There()));
        emission.emit("two");

        assertThat(emitter.pieces()).as("of no use any more").hasSize(tries);
        assertThat(job.lastPiece())
                .as("so that what is lost is seen")
                .satisfies(last -> assertThat(last.number()).isEqualTo(2));
    }

    @Test
    void aStoreThatIsAwayIsWaitedFor() {
        var misses = new AtomicInteger(20);
        emitter.answer(piece -> misses.getAndDecrement() > 0 ? now(new Fate.Later()) : now(new Fate.There()));

        emission.emit("one");

        assertThat(emitter.pieces()).hasSize(21);
    }

    @Test
    void anInterruptEndsTheWaitAndWhatWasOnItsWayIsNotOvertaken() {
        var first = new CompletableFuture<Fate>();
        emitter.answer(piece -> {
            Thread.currentThread().interrupt();
            return first;
        });
        assertThatThrownBy(() -> emission.emit("one"))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(thrown -> assertThat(Thrown.isInterrupt(thrown)).isTrue());
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();

        emitter.answer(piece -> now(new Fate.There()));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> emission.emit("two")).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(numbers()).as("the second waits for the first").containsExactly(1);

        first.complete(new Fate.There());
        emission.emit("two");
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void nothingComesAfterTheEnd() {
        job.claim();

        assertThatCode(() -> emission.emit("late")).doesNotThrowAnyException();
        assertThat(emitter.pieces()).isEmpty();
    }

    @Test
    void threadsOfOneTaskTakeTurns() {
        var all = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.runAsync(() -> emission.emit(i)))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();

        assertThat(numbers())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void whatNobodyCanSayOfIsToldToTheTaskAndCounted() {
        emitter.answer(piece -> now(new Fate.Unknown(new IllegalStateException("the worker ends"))));

        assertThatThrownBy(() -> emission.emit("one"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("may not have been emitted: the worker ends");
        assertThat(job.lastPiece()).satisfies(last -> assertThat(last.number()).isEqualTo(1));
    }

    private static CompletableFuture<Fate> now(Fate fate) {
        return CompletableFuture.completedFuture(fate);
    }

    private Emission emission(Job one) {
        return new Emission(one, emitter, new Pauses(Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    private List<Integer> numbers() {
        return emitter.pieces().stream()
                .map(piece -> piece.result().path("number").asInt())
                .toList();
    }
}
