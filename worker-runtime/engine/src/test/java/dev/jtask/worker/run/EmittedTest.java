package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EmittedTest {

    private final Emitted emitted = new Emitted();

    @Test
    void eachRunHasAMarkOfItsOwnAndCountsFromOne() {
        assertThat(emitted.last(2).number()).isZero();
        assertThat(emitted.next(2).number()).isEqualTo(1);

        emitted.count();

        assertThat(emitted.last(2).number()).isEqualTo(1);
        assertThat(emitted.next(2).attempt()).isEqualTo(2);
        assertThat(emitted.last(2).run())
                .isEqualTo(emitted.next(2).run())
                .isNotEqualTo(new Emitted().last(2).run());
    }

    @Test
    void whatNobodyHasWaitedForIsCountedAndWaitedForByTheNext() {
        var sent = new CompletableFuture<Void>();
        emitted.pending(sent);
        assertThat(emitted.last(1).number()).isEqualTo(1);

        Thread.currentThread().interrupt();
        assertThatThrownBy(emitted::settled).isInstanceOf(InterruptedException.class);

        sent.completeExceptionally(new IllegalStateException("lost"));
        assertThatCode(emitted::settled).doesNotThrowAnyException();
    }

    @Test
    void aPieceThatNobodyReadsIsCountedSoThatItIsMissed() {
        emitted.unheard();

        assertThat(emitted.isUnheard()).isTrue();
        assertThat(emitted.last(1).number()).isEqualTo(1);
    }
}
