package dev.jtask.protocol.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EmittedPieceTest {

    private static final PieceMark THIRD = new PieceMark("run-1", 2, 3);

    @Test
    void aPieceTravelsAsAResultThatIsNotReady() throws IOException {
        var piece = new EmittedPiece(THIRD, TextNode.valueOf("three"));
        var message = piece.message("a");

        assertThat(message.status()).isEqualTo("PIECE");
        assertThat(TaskState.isReady(message.status())).isFalse();
        assertThat(message.result()).hasToString("{\"run\":\"run-1\",\"attempt\":2,\"number\":3,\"value\":\"three\"}");
        assertThat(EmittedPiece.read(ResultCodec.decode(ResultCodec.encode(message, "a"))))
                .isEqualTo(piece);
        assertThat(EmittedPiece.read(StoredResult.read(new StoredResult(message, null, null).json(Instant.EPOCH))))
                .isEqualTo(piece);
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThatThrownBy(() -> EmittedPiece.read(EmittedPiece.signal("a")))
                .isInstanceOf(IOException.class)
                .hasMessage("a piece of task a has no run, attempt, number or value");
        assertThatThrownBy(() ->
                        EmittedPiece.read(new EmittedPiece(new PieceMark("r", 1, 0), IntNode.valueOf(1)).message("a")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aResultSaysWhichPieceWasTheLast() throws IOException {
        var result = ResultMessage.success("a", IntNode.valueOf(5)).after(THIRD);

        assertThat(ResultCodec.decode(ResultCodec.encode(result, "a")).pieces()).isEqualTo(THIRD);
        assertThat(StoredResult.read(new StoredResult(result, null, null).json(Instant.EPOCH))
                        .pieces())
                .isEqualTo(THIRD);
    }
}
