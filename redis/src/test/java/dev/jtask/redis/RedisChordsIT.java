package dev.jtask.redis;

import static dev.jtask.redis.Answers.failure;
import static dev.jtask.redis.Answers.now;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.ChordCounter.Part;
import dev.jtask.backend.Joined;
import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStores;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.testing.RedisNode;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The parts of chords in a real Redis.
@SuppressWarnings("NullAway.Init")
class RedisChordsIT {

    private static RedisNode redis;
    private static ResultStore store;
    private static ChordCounter chords;

    private final String group = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        redis = RedisNode.start();
        store = ResultStores.open(redis.uri());
        chords = store.chords();
    }

    @AfterAll
    static void stop() {
        store.close();
        redis.close();
    }

    @Test
    void theLastPartGetsAllResultsInTheOrderOfTheHeader() {
        begin(3, null);
        assertThat(add(2, "c", 30)).isEmpty();
        assertThat(add(0, "a", 10)).isEmpty();

        assertThat(add(1, "b", 20)).contains(new Joined.Results(json("[10,20,30]")));
    }

    @Test
    void aTaskThatRunsTwiceIsOnePart() {
        begin(2, null);
        add(0, "a", 10);
        assertThat(add(0, "a", 11)).isEmpty();

        assertThat(add(1, "b", 20)).contains(new Joined.Results(json("[11,20]")));
    }

    @Test
    void aPartWithoutAPlaceComesLast() {
        begin(2, null);
        add(null, "b", 20);

        assertThat(add(0, "a", 10)).contains(new Joined.Results(json("[10,20]")));
    }

    @Test
    void aFailedPartIsWhatCameOfIt() {
        begin(2, null);
        var error = TextNode.valueOf("boom");
        now(chords.add(new Part(group, 0, "a", TaskState.FAILURE, error)));

        assertThat(add(1, "b", 20)).contains(new Joined.Failed("a", error));
    }

    @Test
    void resultsHaveTheShapeOfTheTreeThatWasSaved() {
        begin(3, json("[[[\"a\",null],null],[[\"g\",null],[[[\"b\",null],null],[[\"c\",null],null]]]]"));
        add(0, "a", 10);
        add(0, "b", 20);

        assertThat(add(1, "c", 30)).contains(new Joined.Results(json("[10,[20,30]]")));
    }

    @Test
    void aTreeThatLacksAPartIsAFailureOfItsTask() {
        begin(1, json("[[[\"a\",null],null],[[\"missing\",null],null]]"));

        assertThat(add(0, "a", 10))
                .hasValueSatisfying(joined -> assertThat(joined)
                        .isInstanceOfSatisfying(
                                Joined.Failed.class,
                                failed -> assertThat(failed.taskId()).isEqualTo("missing")));
    }

    @Test
    void aPartOfAChordThatNobodyBeganJoinsNothing() {
        assertThat(add(0, "a", 10)).isEmpty();
    }

    @Test
    void nothingOfAnEndedChordIsKept() throws IOException {
        begin(1, null);
        add(0, "a", 10);
        now(chords.end(group));

        assertThat(redis.ask("KEYS", "*" + group + "*")).isEmpty();
    }

    @Test
    void aResultThatCannotBeWrittenIsRefused() {
        JsonNode deep = IntNode.valueOf(1);
        for (int i = 0; i < 1_100; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }

        assertThat(failure(chords.add(new Part(group, 0, "a", TaskState.SUCCESS, deep))))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("the result of task a is not JSON");
    }

    private void begin(int size, @Nullable ArrayNode tree) {
        now(chords.begin(new Plan.Chord(group, size, tree)));
    }

    private Optional<Joined> add(@Nullable Integer index, String task, int value) {
        return now(chords.add(new Part(group, index, task, TaskState.SUCCESS, IntNode.valueOf(value))));
    }

    private static ArrayNode json(String text) {
        try {
            return (ArrayNode) TypedJson.mapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
