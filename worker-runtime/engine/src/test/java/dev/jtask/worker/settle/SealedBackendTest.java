package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.PieceMark;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.seal.SealException;
import dev.jtask.seal.SealedResults;
import dev.jtask.seal.ValueSeal;
import dev.jtask.worker.fakes.FakeBackend;
import dev.jtask.worker.fakes.FakeValueSeal;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealedBackendTest {

    private final FakeBackend results = new FakeBackend();
    private final FakeValueSeal seal = new FakeValueSeal();
    private final SealedBackend backend = new SealedBackend(results, seal);
    private final ResultMessage result = ResultMessage.success("a", TextNode.valueOf("s3cr3t"));

    @Test
    void theResultOfAnEncryptedTaskIsHidden() throws SealException {
        assertThat(backend.store(to(Set.of(Protection.ENCRYPTED)), result)).isCompleted();

        var told = results.told().getFirst().result();
        assertThat(told.toString()).doesNotContain("s3cr3t");
        assertThat(SealedResults.open(told, seal)).isEqualTo(result);
    }

    @Test
    void soAreItsPiecesAndHowManyTheyWere() throws SealException {
        var last = new PieceMark("r", 1, 2);
        var piece = new EmittedPiece(last, TextNode.valueOf("s3cr3t")).message("a");
        assertThat(backend.emit(to(Set.of(Protection.ENCRYPTED)), piece)).isCompleted();
        assertThat(backend.store(to(Set.of(Protection.ENCRYPTED)), result.after(last)))
                .isCompleted();

        var emitted = results.emitted().getFirst().result();
        assertThat(emitted.toString()).doesNotContain("s3cr3t");
        assertThat(SealedResults.open(emitted, seal)).isEqualTo(piece);
        assertThat(SealedResults.open(results.told().getFirst().result(), seal).pieces())
                .isEqualTo(last);
    }

    @Test
    void anyOtherIsToldAsItIs() {
        assertThat(backend.store(to(Set.of(Protection.SIGNED)), result)).isCompleted();

        assertThat(results.told().getFirst().result()).isSameAs(result);
    }

    @Test
    void withoutAKeyNothingIsToldInClear() {
        var keyless = new SealedBackend(results, ValueSeal.NONE);

        assertThatThrownBy(() -> keyless.store(to(Set.of(Protection.ENCRYPTED)), result))
                .hasMessageContaining("JTASK_KEYS_FILE");
        assertThat(results.told()).isEmpty();
    }

    private static Addressee to(Set<Protection> protection) {
        return new Addressee("a", "replies", "c", null, null, protection, null);
    }
}
