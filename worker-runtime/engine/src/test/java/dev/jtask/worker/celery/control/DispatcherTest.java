package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.TypedJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private final Dispatcher dispatcher = new Dispatcher("pool@pod-1")
            .with(Map.of(
                    "ping", arguments -> Answers.ok("pong"),
                    "silent", arguments -> null,
                    "broken",
                            arguments -> {
                                throw new IllegalStateException("why");
                            }));

    @Test
    void servesRequestsToEveryoneAndToItself() {
        assertThat(isForUs("{}")).isTrue();
        assertThat(isForUs("{'destination': []}")).isTrue();
        assertThat(isForUs("{'destination': ['other@x', 'pool@pod-1']}")).isTrue();
        assertThat(isForUs("{'destination': ['other@x']}")).isFalse();
    }

    @Test
    void matchesPatterns() {
        assertThat(isForUs("{'pattern': 'pool@*', 'matcher': 'glob'}")).isTrue();
        assertThat(isForUs("{'pattern': '*@pod-[12]', 'matcher': 'glob'}")).isTrue();
        assertThat(isForUs("{'pattern': 'web@*', 'matcher': 'glob'}")).isFalse();
        assertThat(isForUs("{'pattern': 'pool@.+', 'matcher': 'pcre'}")).isTrue();
        assertThat(isForUs("{'pattern': 'pod', 'matcher': 'pcre'}"))
                .as("anchored at the start")
                .isFalse();
        assertThat(isForUs("{'pattern': '(', 'matcher': 'pcre'}")).isFalse();
    }

    @Test
    void answersUnknownAndFailingCommandsWithAnError() {
        assertThat(run("ping")).contains(Answers.ok("pong"));
        assertThat(run("silent")).isEmpty();
        assertThat(run("nothing")).contains(Answers.error("KeyError('nothing')"));
        assertThat(run("broken")).contains(Answers.error("IllegalStateException('why')"));
    }

    @Test
    void printsSetsAsPythonDoes() {
        assertThat(Answers.set(List.of("a", "b"))).isEqualTo("{'a', 'b'}");
        assertThat(Answers.texts(json("'one'"))).containsExactly("one");
        assertThat(Answers.texts(json("['a', 'b']"))).containsExactly("a", "b");
    }

    private boolean isForUs(String request) {
        return dispatcher.isForUs(json(request));
    }

    private Optional<JsonNode> run(String method) {
        return dispatcher.run(json("{'method': '%s', 'arguments': {}}".formatted(method)));
    }

    private static JsonNode json(String text) {
        try {
            return TypedJson.mapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
