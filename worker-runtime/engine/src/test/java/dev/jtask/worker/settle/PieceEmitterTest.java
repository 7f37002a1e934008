package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.PieceMark;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.fakes.FakeBackend;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Emitter.Fate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class PieceEmitterTest {

    private final FakeBackend backend = new FakeBackend();
    private final PieceEmitter emitter = new PieceEmitter(backend);
    private final ResultMessage piece = new EmittedPiece(new PieceMark("r", 1, 1), IntNode.valueOf(5)).message("a");

    @Test
    void aPieceGoesToWhomTheResultGoes() {
        assertThat(emitter.emit(Given.job("a"), piece)).isCompletedWithValue(new Fate.There());

        var emitted = backend.emitted().getFirst();
        assertThat(emitted.to()).isEqualTo(Effects.sender("a"));
        assertThat(emitted.result()).isEqualTo(piece);
        assertThat(backend.told()).isEmpty();
    }

    @Test
    void whatPassesIsNoRefusal() {
        assertThat(fate(BrokerFailures.unroutable("replies"))).isEqualTo(new Fate.Unread());
        assertThat(fate(new StoreUnavailableException("away", null))).isEqualTo(new Fate.Later());
        assertThat(fate(new CompletionException(new StoreUnavailableException("away", null))))
                .isEqualTo(new Fate.Later());
        assertThat(fate(BrokerFailures.refused("too large"))).isInstanceOf(Fate.Refused.class);
        assertThat(fate(new StoreRefusedException("too large", null))).isInstanceOf(Fate.Refused.class);
        assertThat(fate(new IllegalStateException("the worker ends"))).isInstanceOf(Fate.Unknown.class);
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        backend.answer(result -> {
            throw new IllegalStateException("no keys here");
        });

        assertThat(emitter.emit(Given.job("a"), piece)).isCompletedWithValueMatching(Fate.Refused.class::isInstance);
    }

    private Fate fate(Throwable failure) {
        backend.answer(result -> CompletableFuture.failedFuture(failure));
        return emitter.emit(Given.job("a"), piece).join();
    }
}
