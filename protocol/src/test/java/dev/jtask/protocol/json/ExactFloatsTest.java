package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactFloatsTest {

    private final ObjectMapper json = TypedJson.mapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E+400",
                "-1E+400",
                "1E-400",
                "0.12345678901234567890123",
                "123456789012345678.5",
                "9007199254740993.0",
                "123456789012345678901234567890",
                "0.1",
                "1.0",
                "-0.0",
                "4.9E-324",
                "1.7976931348623157E308",
                "0.30000000000000004",
                "0.30000000000000001",
                "NaN",
                "Infinity",
                "-Infinity",
            })
    void givesBackEachNumberAsItCame(String number) throws JsonProcessingException {
        var text = "[" + number + "]";

        assertThat(json.writeValueAsString(json.readTree(text))).isEqualTo(text);
        assertThat(json.writeValueAsString(read(text))).isEqualTo(text);
        assertThat(json.copy().readTree(text)).isEqualTo(json.readTree(text));
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsDoublesWhereADoubleIsEnough() throws JsonProcessingException {
        assertThat(json.readValue("[0.1, 1e3, 1.5e-7, 100000000000000000000.0]", Object.class))
                .isEqualTo(List.of(0.1, 1e3, 1.5e-7, 1e20));
    }

    @Test
    void givesADecimalAllItsDigits() throws JsonProcessingException {
        var tree = json.readTree("0.1234567890123456789012345");

        assertThat(json.readValue("[1e400]", Object.class)).isEqualTo(List.of(new BigDecimal("1e400")));

        assertThat(json.treeToValue(tree, BigDecimal.class)).isEqualTo("0.1234567890123456789012345");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e-400"})
    void makesNoDoubleOfWhatIsNone(String number) throws JsonProcessingException {
        var tree = json.readTree(number);

        assertThatThrownBy(() -> json.treeToValue(tree, double.class)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> json.treeToValue(tree, Double.class)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> json.treeToValue(tree, float.class)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> json.treeToValue(tree, long.class)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> json.readValue(number, double.class)).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e10001", "1e-10001", "1e999999999", "1.5E99999999999999999999"})
    void refusesAnExponentThatNobodyCanReckonWith(String number) {
        assertThatThrownBy(() -> json.readTree(number)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void keepsHalfACharacter() throws IOException {
        var text = "[\"a\\uD800b\\uDC00\"]";
        var tree = json.readTree(text);

        assertThat(tree.path(0).textValue()).isEqualTo("a\ud800b\udc00");
        assertThat(json.writeValueAsString(tree)).isEqualTo(text);
        assertThat(json.writeValueAsBytes(tree)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(json.readValue(json.writeValueAsBytes("größe 😀"), String.class))
                .isEqualTo("größe 😀");
    }

    @Test
    void refusesTwoValuesOfOneName() {
        assertThatThrownBy(() -> json.readTree("{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}}"))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("'c'");
        assertThatThrownBy(() -> json.readValue("{\"a\": 1, \"a\": 2}", Object.class))
                .isInstanceOf(JsonProcessingException.class);
    }
}
