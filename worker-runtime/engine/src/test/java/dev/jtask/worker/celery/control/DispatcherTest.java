package dev.jtask.worker.celery.control;

import static dev.jtask.worker.celery.control.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.worker.options.RemoteAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DispatcherTest {

    private final List<String> audit = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Map<String, Command> commands = Map.of(
            "ping", Command.question(arguments -> Answers.ok("pong")),
            "silent", Command.question(arguments -> null),
            "change",
                    Command.change(arguments -> {
                        done.add("change");
                        return Answers.ok("changed");
                    }),
            "end", Command.change(arguments -> null),
            "sometimes",
                    new Command(arguments -> arguments.has("n"), arguments -> Answers.ok("n is " + arguments.get("n"))),
            "wrong",
                    Command.question(arguments -> {
                        throw new IllegalArgumentException("n is missing");
                    }),
            "refused",
                    Command.change(arguments -> {
                        throw new IOException("no such 'exchange'");
                    }),
            "broken",
                    Command.question(arguments -> {
                        throw new IllegalStateException("why");
                    }),
            "deep",
                    Command.question(arguments -> {
                        throw new StackOverflowError();
                    }));

    @Test
    void answersUnknownAndFailingCommandsWithAnError() {
        assertThat(run("ping")).contains(Answers.ok("pong"));
        assertThat(run("silent")).isEmpty();
        assertThat(run("nothing")).contains(Answers.error("KeyError('nothing')"));
        assertThat(run("wrong")).contains(Answers.error("ValueError('n is missing')"));
        assertThat(run("refused")).contains(Answers.error("OSError('no such \\'exchange\\'')"));
        assertThat(run("broken")).contains(Answers.error("IllegalStateException('why')"));
        assertThat(run("deep")).contains(Answers.error("StackOverflowError('null')"));
    }

    @Test
    void doesNotRepeatAMethodOfAnyLength() {
        assertThat(run("x".repeat(100_000)).orElseThrow().path("error").textValue())
                .hasSizeLessThan(120);
        assertThat(run("x" + "😀".repeat(100)).orElseThrow().path("error").textValue())
                .contains("😀…");
    }

    @ParameterizedTest
    @EnumSource(names = {"INSPECT", "OFF"})
    void refusesToChangeAnythingWhereOnlyQuestionsAreAllowed(RemoteAccess access) {
        assertThat(run(access, "ping", "{}")).contains(Answers.ok("pong"));
        assertThat(run(access, "sometimes", "{}")).contains(Answers.ok("n is "));
        assertThat(run(access, "change", "{}").orElseThrow().path("error").textValue())
                .startsWith("change is not allowed")
                .containsIgnoringCase("JTASK_REMOTE_CONTROL=" + access);
        assertThat(run(access, "sometimes", "{'n': 1}").orElseThrow().has("error"))
                .isTrue();
        assertThat(done).isEmpty();
    }

    @Test
    void notesWhoChangedWhatAndWhatCameOfIt() {
        run("ping");
        run("nothing");
        assertThat(audit).isEmpty();
        run(RemoteAccess.FULL, "change", "{'n': 2}");
        run("end");
        run("refused");
        run(RemoteAccess.INSPECT, "change", "{}");
        assertThat(audit)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("remote control: change {\"n\":2} by somebody: {\"ok\":\"changed\"}"),
                        line -> assertThat(line).isEqualTo("remote control: end {} by somebody: done"),
                        line -> assertThat(line).contains("refused {} by somebody: {\"error\":\"OSError("),
                        line -> assertThat(line).contains("change {} by somebody: {\"error\":\"change is not allowed"));
    }

    private Optional<JsonNode> run(String method) {
        return run(RemoteAccess.FULL, method, "{}");
    }

    private Optional<JsonNode> run(RemoteAccess access, String method, String arguments) {
        return new Dispatcher(access, audit::add).with(commands).run(request(method, arguments), "somebody");
    }
}
