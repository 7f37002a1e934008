package dev.jtask.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.backend.ChordCounter.Part;
import dev.jtask.protocol.json.TypedJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChordJoinTest {

    private static final List<Part> BOTH = List.of(part("a", "SUCCESS", "1"), part("b", "SUCCESS", "\"two\""));

    @Test
    void aPlainListIsInTheOrderOfTheHeader() {
        assertThat(ChordJoin.of(null, BOTH))
                .isEqualTo(new Joined.Results(
                        TypedJson.mapper().createArrayNode().add(1).add("two")));
    }

    @Test
    void aTreeKeepsItsShape() {
        var joined = ChordJoin.of(json("[[[\"b\",null],null],[[\"g\",null],[[[\"a\",null],null]]]]"), BOTH);

        assertThat(joined)
                .isInstanceOfSatisfying(
                        Joined.Results.class,
                        results -> assertThat(results.values()).isEqualTo(json("[\"two\",[1]]")));
    }

    @Test
    void theFirstPartThatFailedIsWhyItFailed() {
        var failed = ChordJoin.of(null, List.of(BOTH.get(0), part("c", "FAILURE", "{}"), BOTH.get(1)));

        assertThat(failed).isEqualTo(new Joined.Failed("c", json("{}")));
    }

    @Test
    void aPlaceWithoutAPartIsAFailureOfTheChord() {
        assertThat(ChordJoin.of(json("[[[\"x\",null],null]]"), BOTH))
                .isInstanceOfSatisfying(Joined.Failed.class, failed -> {
                    assertThat(failed.taskId()).isEqualTo("x");
                    assertThat(failed.error().path("exc_type").asText()).isEqualTo("ChordError");
                });
    }

    private static Part part(String id, String state, String result) {
        return new Part("g", null, id, state, json(result));
    }

    private static JsonNode json(String text) {
        try {
            return TypedJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
