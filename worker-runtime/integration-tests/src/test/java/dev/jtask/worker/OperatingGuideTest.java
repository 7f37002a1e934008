package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.app.options.AppOptions;
import dev.jtask.worker.run.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/operating-a-worker.md says what the code does.
class OperatingGuideTest {

    private static final Pattern VARIABLE = Pattern.compile("JTASK_[A-Z_]+");

    @Test
    void namesEveryVariableAndNoOther() throws IOException {
        assertThat(names(Guides.operating())).isEqualTo(AppOptions.variables());
    }

    @Test
    void namesEveryOutcomeAndNoOther() throws IOException {
        var error = RemoteError.celery("Boom");
        var each = List.<Outcome>of(
                new Outcome.Done(NullNode.instance),
                new Outcome.Failed(error, null, Outcome.Failed.Kind.UNEXPECTED),
                new Outcome.Retry(Duration.ZERO, error, ""),
                new Outcome.Later(Duration.ZERO, new Outcome.InTheBroker()),
                new Outcome.Revoked(Outcome.Revoked.EXPIRED),
                Outcome.Refused.unfit("Boom", "why"),
                new Outcome.Returned(Outcome.Returned.Why.DRAIN));
        assertThat(each).extracting(Object::getClass).containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());

        var words = each.stream().map(Outcome::word).collect(Collectors.toCollection(TreeSet::new));
        assertThat(Guides.words(Guides.row("jtask_worker_tasks_seconds"), 1)).isEqualTo(words);
    }

    @Test
    void saysTheDefaultsThatAWorkerStartsWith() throws IOException {
        for (var variable : List.of(
                "JTASK_BROKER_URI",
                "JTASK_QUEUES",
                "JTASK_PREFETCH",
                "JTASK_THREADS",
                "JTASK_DRAIN_TIMEOUT",
                "JTASK_CONSUMER_TIMEOUT",
                "JTASK_RESULT_BACKEND",
                "JTASK_REDELIVERY_LIMIT",
                "JTASK_EVENTS",
                "JTASK_REMOTE_CONTROL")) {
            var documented =
                    Guides.words(Guides.row(variable + "`"), 1).iterator().next();
            assertThat(AppOptions.fromEnvironment(Map.of(variable, documented)))
                    .as(variable)
                    .isEqualTo(AppOptions.fromEnvironment(Map.of()));
        }
    }

    private static Set<String> names(String text) {
        var names = new TreeSet<String>();
        VARIABLE.matcher(text).results().forEach(match -> names.add(match.group()));
        return names;
    }
}
