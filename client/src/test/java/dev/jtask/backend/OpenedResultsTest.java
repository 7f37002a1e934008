package dev.jtask.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.seal.SealException;
import dev.jtask.seal.SealedResults;
import dev.jtask.seal.ValueSeal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedResultsTest {

    private final FakeStoredResults stored = new FakeStoredResults();
    private final ResultMessage plain = ResultMessage.success("plain", TextNode.valueOf("a"));
    private final ResultMessage secret = ResultMessage.success("secret", TextNode.valueOf("b"));

    @Test
    void readsWhatIsHiddenAndWhatIsNot() {
        var kept = new OneValue();
        store(plain);
        store(SealedResults.close(secret, kept));

        assertThat(new OpenedResults(stored, kept)
                        .read(List.of("plain", "secret"))
                        .join()
                        .values())
                .extracting(ResultMessage::result)
                .containsExactlyInAnyOrder(plain.result(), secret.result());
    }

    @Test
    void refusesWhatItCannotRead() {
        store(SealedResults.close(secret, new OneValue()));

        assertThatThrownBy(() -> new OpenedResults(stored, ValueSeal.NONE)
                        .read(List.of("secret"))
                        .join())
                .hasCauseInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("there are no keys here");
    }

    private void store(ResultMessage result) {
        stored.store(new StoredResult(result, null, null), Instant.EPOCH).join();
    }

    /// Hides one value behind a word.
    private static final class OneValue implements ValueSeal {

        private JsonNode value = JsonNodeFactory.instance.nullNode();

        @Override
        public JsonNode hide(String of, JsonNode hidden) {
            value = hidden;
            return JsonNodeFactory.instance.objectNode().put(FIELD, of);
        }

        @Override
        public JsonNode show(String of, JsonNode hidden) throws SealException {
            return ValueSeal.isHidden(hidden) ? value : hidden;
        }
    }
}
