package dev.jtask.protocol.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultCodecTest {

    @Test
    void writesTheFiveKeysOfCelerysRpcBackend() {
        var message = ResultCodec.encode(ResultMessage.success("id-1", IntNode.valueOf(5)), "correlation");

        assertThat(new String(message.body(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"task_id\":\"id-1\",\"status\":\"SUCCESS\",\"result\":5,\"traceback\":null,\"children\":[]}");
        assertThat(message.properties().correlationId()).isEqualTo("correlation");
        assertThat(message.properties().deliveryMode()).isEqualTo(WireProperties.TRANSIENT);
    }

    @Test
    void writesAnExceptionAsConstructorArguments() throws IOException {
        var error = RemoteError.of(new IllegalStateException("boom"));

        var read = ResultCodec.decode(
                ResultCodec.encode(ResultMessage.error("id-1", TaskState.FAILURE, error, "at x"), "id-1"));

        assertThat(read.result())
                .hasToString(
                        "{\"exc_type\":\"IllegalStateException\",\"exc_message\":[\"boom\"],\"exc_module\":\"java.lang\"}");
        assertThat(read.error()).isEqualTo(error);
        assertThat(read.traceback()).isEqualTo("at x");
    }

    @Test
    void ignoresTheFurtherKeysOfNewerWorkers() throws IOException {
        var result = decode("{\"task_id\":\"i\",\"status\":\"SUCCESS\",\"result\":null,\"date_done\":\"now\"}");

        assertThat(result.status()).isEqualTo("SUCCESS");
        assertThat(result.children()).isEmpty();
    }

    @Test
    void twoEndsThatAreAlikeAreToldApartByWhenTheyWere() throws IOException {
        var now = Instant.parse("2026-11-23T12:00:00Z");
        var error = RemoteError.of(new IllegalStateException("boom"));
        var end = new StoredResult(ResultMessage.error("a", TaskState.FAILURE, error, null), null, null);

        assertThat(StoredResult.read(end.json(now))).isEqualTo(StoredResult.read(end.json(now)));
        assertThat(StoredResult.read(end.json(now))).isNotEqualTo(StoredResult.read(end.json(now.plusMillis(1))));
    }

    @Test
    void refusesWhatIsNoResult() {
        assertThatThrownBy(() -> decode("{\"ok\":1}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[ok]");
    }

    private static ResultMessage decode(String body) throws IOException {
        return ResultCodec.decode(
                new WireMessage(WireProperties.json(1, Map.of()), body.getBytes(StandardCharsets.UTF_8)));
    }
}
