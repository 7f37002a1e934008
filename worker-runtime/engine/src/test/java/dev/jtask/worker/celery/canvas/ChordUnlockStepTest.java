package dev.jtask.worker.celery.canvas;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.fakes.FakeResults;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ChordUnlockStepTest {

    private final FakeResults results = new FakeResults(CompletableFuture.completedFuture(null));

    @Test
    void joinsTheResultsThatAreThere() {
        results.reading(
                CompletableFuture.completedFuture(Map.of("part", ResultMessage.success("part", IntNode.valueOf(5)))));

        assertThat(joined(around()))
                .isInstanceOfSatisfying(
                        Joined.Results.class,
                        whole -> assertThat(whole.values()).hasToString("[5]"));
    }

    @Test
    void waitsForAStoreThatIsAway() {
        results.reading(CompletableFuture.failedFuture(new StoreUnavailableException("away", null)));

        assertThat(around()).isEqualTo(new Outcome.Later(Duration.ofSeconds(5), new Outcome.InTheBroker()));
    }

    @Test
    void tellsThoseWhoWaitForTheBodyThatItsResultsCanNeverBeRead() {
        results.reading(CompletableFuture.failedFuture(new StoreRefusedException("a value is no result", null)));

        assertThat(joined(around()))
                .isInstanceOfSatisfying(
                        Joined.Failed.class,
                        failed -> assertThat(failed.error())
                                .asString()
                                .contains("OperationalError", "a value is no result"));
    }

    @Test
    void refusesABodyThatWouldMakeTooMuch() {
        var body = JsonNodeFactory.instance.objectNode().put("task", "celery.group");
        body.put("subtask_type", "group");
        var members = body.putObject("kwargs").putArray("tasks");
        var links = body.putObject("options").putArray("link");
        for (int i = 0; i < 5_000; i++) {
            members.addObject().put("task", "t.a");
            links.addObject().put("task", "t.b");
        }

        assertThat(around(body))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("the body would send 25000000 links"));
    }

    private Outcome around() {
        var body = JsonNodeFactory.instance.objectNode().put("task", "t.sum");
        body.putObject("options").put("task_id", "body");
        return around(body);
    }

    private Outcome around(ObjectNode body) {
        var json = JsonNodeFactory.instance;
        var args = json.arrayNode().add("group");
        args.add(body);
        var kwargs = json.objectNode();
        var tuple = kwargs.putArray("result").addArray();
        tuple.addArray().add("part").addNull();
        tuple.addNull();
        var message = TaskMessage.builder("unlock", ChordUnlockStep.NAME)
                .args(args)
                .kwargs(kwargs)
                .build();
        return new ChordUnlockStep(results).around(Given.job(message), job -> {
            throw new AssertionError("it ran");
        });
    }

    private static Joined joined(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.sequel()).isInstanceOf(Unlocked.class));
        return ((Unlocked) requireNonNull(((Outcome.Done) outcome).sequel())).joined();
    }
}
