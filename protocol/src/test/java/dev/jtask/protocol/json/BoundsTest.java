package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {

    private static final BigInteger LIMIT = BigInteger.TEN.pow(Limits.NUMBER_LENGTH);

    @ParameterizedTest
    @MethodSource("within")
    void whatIsWithinIsRead(JsonNode value) throws IOException {
        assertThat(Bounds.exceeded(value, 0)).isNull();
        assertThat(TypedJson.mapper().readTree(TypedJson.mapper().writeValueAsBytes(value)))
                .isEqualTo(value);
    }

    static Stream<Arguments> within() {
        return Stream.of(
                argumentSet("the largest number", BigIntegerNode.valueOf(LIMIT.subtract(BigInteger.ONE))),
                argumentSet("the smallest", BigIntegerNode.valueOf(BigInteger.ONE.subtract(LIMIT))),
                argumentSet("the largest exponent", decimal("1.5e10000")),
                argumentSet("the smallest exponent", decimal("1.5e-10000")),
                argumentSet("digits", decimal("1." + "3".repeat(Limits.NUMBER_LENGTH - 1))),
                argumentSet("arrays", nested(Limits.JSON_DEPTH)),
                argumentSet("a name", named(Limits.NAME_LENGTH - 8)));
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void whatIsBeyondIsNamedAndNotRead(JsonNode value, String named) {
        assertThat(Bounds.exceeded(value, 0)).isEqualTo(named);
        assertThat(Bounds.exceeded(JsonNodeFactory.instance.arrayNode().add(1).add(value), 0))
                .isNotNull();
        assertThat(isRead(value)).isFalse();
    }

    static Stream<Arguments> beyond() {
        return Stream.of(
                argumentSet("a number", BigIntegerNode.valueOf(LIMIT), "a number of more than 10000 digits"),
                argumentSet("a negative", BigIntegerNode.valueOf(LIMIT.negate()), "a number of more than 10000 digits"),
                argumentSet("an exponent", decimal("1e10001"), "a number with an exponent beyond 10000"),
                argumentSet("a small exponent", decimal("1e-10001"), "a number with an exponent beyond 10000"),
                argumentSet(
                        "digits",
                        decimal("1." + "3".repeat(Limits.NUMBER_LENGTH)),
                        "a number of more than 10000 digits"),
                argumentSet(
                        "arrays", nested(Limits.JSON_DEPTH + 1), "more than 500 arrays and objects within each other"),
                argumentSet("a name", named(Limits.NAME_LENGTH + 1), "a name of more than 50000 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{oops", "", "1e99999999", "1, 2", "1] [2", "{\"a\":1}}", "nothing"})
    void rawJsonThatNobodyReadsIsNamed(String text) {
        JsonNode value = TypedJson.mapper().valueToTree(new Column(text));

        assertThat(Bounds.exceeded(value, 0)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": [1, 2.5, null]}", "7", "\"x\"", "null"})
    void rawJsonIsAsGoodAsAnyOther(String text) {
        JsonNode value = TypedJson.mapper().valueToTree(new Column(text));

        assertThat(Bounds.exceeded(value, 0)).isNull();
    }

    /// As of a database that keeps JSON.
    record Column(@JsonRawValue String document) {}

    @Test
    void leavesRoomForWhatGoesAround() {
        assertThat(Bounds.exceeded(nested(Limits.JSON_DEPTH - Bounds.AROUND), Bounds.AROUND))
                .isNull();
        assertThat(Bounds.exceeded(nested(Limits.JSON_DEPTH - Bounds.AROUND + 1), Bounds.AROUND))
                .isEqualTo("more than 490 arrays and objects within each other");
        assertThat(Bounds.exceeded(nested(100_000), Bounds.AROUND)).isNotNull();
    }

    private static JsonNode decimal(String text) {
        return DecimalNode.valueOf(new BigDecimal(text));
    }

    private static JsonNode named(int length) {
        return JsonNodeFactory.instance.objectNode().put("n".repeat(length), 1);
    }

    private static JsonNode nested(int levels) {
        JsonNode value = IntNode.valueOf(1);
        for (int i = 0; i < levels; i++) {
            value = JsonNodeFactory.instance.arrayNode().add(value);
        }
        return value;
    }

    private static boolean isRead(JsonNode value) {
        try {
            TypedJson.mapper().readTree(TypedJson.mapper().writeValueAsBytes(value));
            return true;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
