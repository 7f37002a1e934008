package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The guide's metrics are those that a worker shows after tasks of every outcome: no more, no fewer.
@RabbitMqTest
class GuideMetricsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern DOCUMENTED = Pattern.compile("`(jtask_[a-z_]+)(?:\\{([a-z,]+)})?`");
    private static final Pattern SHOWN = Pattern.compile("(?m)^# TYPE (\\w+) \\w+$");
    private static final Pattern LABELLED = Pattern.compile("(?m)^(\\w+?(?=_count)|\\w+_total)(?:_count)?\\{([^}]*)}");
    private static final Pattern OUTCOME = Pattern.compile("outcome=\"([a-z]+)\"");
    private static final String QUEUE = "guide-metrics";
    private static final String REVOKED = UUID.randomUUID().toString();
    private static final String SUCCEEDED = UUID.randomUUID().toString();

    @Test
    void areThoseOfAWorkerThatHasSeenEveryOutcome(RabbitMqNode node) throws IOException {
        try (var redis = RedisNode.start();
                var worker = Workers.start(
                        node, tasks(), QUEUE, "JTASK_RESULT_BACKEND", redis.uri(), "JTASK_REDELIVERY_LIMIT", "1");
                var client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect()) {
            client.workers().revoke(REVOKED);
            Awaitility.await("the revocation is known")
                    .atMost(SOON)
                    .until(() -> client.workers().inspect().revoked().toString().contains(REVOKED));
            client.send(TaskRequest.of("t.add", 1), REVOKED);
            client.send(TaskRequest.of("t.add", 4, 6), SUCCEEDED);
            client.sendAll(everyOutcome());
            Awaitility.await("every outcome")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(outcomes(Workers.metrics(worker)))
                            .isEqualTo(Guides.words(Guides.row("jtask_worker_tasks_seconds"), 1)));
            Awaitility.await("what is counted beside them")
                    .atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(shown(Workers.metrics(worker))).isEqualTo(documented()));
        }
    }

    private static List<TaskDefinition> tasks() {
        var tasks = new ArrayList<>(TaskClasses.of(new TestTasks()));
        tasks.addAll(TaskClasses.of(new OptionTasks()));
        tasks.addAll(TaskClasses.of(new LimitedTasks()));
        return tasks;
    }

    private static List<TaskRequest<JsonNode>> everyOutcome() {
        var requests = new ArrayList<TaskRequest<JsonNode>>(List.of(
                TaskRequest.of("t.fail", "broken"), // failed
                TaskRequest.of("t.flaky", 2), // retried
                TaskRequest.of("o.reject", true), // requeued, counted, rejected
                TaskRequest.of("o.ignore"), // ignored
                TaskRequest.of("t.add", 2).countdown(Duration.ofSeconds(10)))); // postponed
        requests.add(unlock()); // unlocked
        IntStream.range(0, 5).forEach(n -> requests.add(TaskRequest.of("o.limited"))); // held
        IntStream.range(0, 4).forEach(n -> requests.add(TaskRequest.of("limits.hourly", "metrics", n))); // put off
        IntStream.range(0, 2)
                .forEach(n -> requests.add(
                        TaskRequest.of("t.add", 3).idempotencyKey("metrics", Duration.ofHours(1)))); // repeated
        return requests;
    }

    /// Joins a chord of the one task that succeeds, as Celery's clients have it done.
    private static TaskRequest<JsonNode> unlock() {
        var body = Map.of(
                "task", "t.echo",
                "args", List.of(),
                "kwargs", Map.of(),
                "options", Map.of("task_id", UUID.randomUUID().toString()));
        return TaskRequest.of("celery.chord_unlock", "group", body)
                .kwarg("result", List.of(Arrays.asList(Arrays.asList(SUCCEEDED, null), null)));
    }

    private static Set<String> outcomes(String metrics) {
        return OUTCOME.matcher(metrics)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> documented() throws IOException {
        var names = new TreeSet<String>();
        DOCUMENTED
                .matcher(Guides.operating())
                .results()
                .forEach(match ->
                        names.add(match.group(2) == null ? match.group(1) : labelled(match.group(1), match.group(2))));
        return names;
    }

    private static Set<String> shown(String metrics) {
        var names = new TreeSet<String>();
        SHOWN.matcher(metrics).results().map(match -> match.group(1)).forEach(names::add);
        LABELLED.matcher(metrics).results().forEach(match -> {
            names.remove(match.group(1));
            // the guide says of all histograms at once that they have it
            names.remove(match.group(1) + "_max");
            names.add(labelled(match.group(1), match.group(2).replaceAll("=\"[^\"]*\"", "")));
        });
        return names;
    }

    private static String labelled(String name, String labels) {
        return name + new TreeSet<>(Set.of(labels.split(",", -1)));
    }
}
