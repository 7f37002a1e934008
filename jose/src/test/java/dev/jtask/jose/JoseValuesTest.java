package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.seal.SealException;
import dev.jtask.seal.SealedResults;
import dev.jtask.seal.ValueSeal;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoseValuesTest {

    private static final JsonNode VALUE =
            JsonNodeFactory.instance.objectNode().put("balance", 4711).set("of", TextNode.valueOf("Ärger"));

    private final ValueSeal values =
            new JoseValues(new Encryption(Given.keys(Given.secret("a")), Given.at(Given.NOON)));

    @Test
    void whatIsHiddenIsShownAsItWas() throws SealException {
        var hidden = values.hide("1", VALUE);

        assertThat(hidden.toString()).doesNotContain("4711", "balance");
        assertThat(values.show("1", hidden)).isEqualTo(VALUE);
        assertThat(values.show("1", VALUE)).isSameAs(VALUE);
    }

    @Test
    void anothersValueIsNotShown() {
        assertThatThrownBy(() -> values.show("2", values.hide("1", VALUE))).isInstanceOf(SealException.class);
    }

    @Test
    void aResultKeepsItsStateAndHidesWhatItSays() throws SealException {
        var failed = ResultMessage.error(
                "1", TaskState.FAILURE, new RemoteError("Declined", List.of("card 4111"), "shop"), "at 4111");
        var closed = SealedResults.close(failed, values);

        assertThat(closed.toString()).doesNotContain("4111", "Declined");
        assertThat(closed.status()).isEqualTo(TaskState.FAILURE);
        assertThat(closed.error().type()).as("what a client without keys sees").isEqualTo("EncryptedError");
        assertThat(SealedResults.open(closed, values)).isEqualTo(failed);
    }

    @Test
    void aFailureIsNotMadeASuccess() {
        var closed = SealedResults.close(ResultMessage.success("1", VALUE), values);
        var turned = ResultMessage.of("1", TaskState.REVOKED, closed.result());

        assertThatThrownBy(() -> SealedResults.open(turned, values)).hasMessageContaining("was not encrypted as such");
    }

    @Test
    void withoutKeysItIsSaidWhatToDo() {
        var closed = SealedResults.close(ResultMessage.success("1", VALUE), values);

        assertThatThrownBy(() -> SealedResults.open(closed, ValueSeal.NONE))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("give the client keys");
        assertThatThrownBy(() -> ValueSeal.NONE.hide("1", VALUE)).hasMessageContaining("set JTASK_KEYS_FILE");
    }
}
