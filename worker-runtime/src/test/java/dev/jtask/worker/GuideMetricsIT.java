package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The guide's metrics are those that a worker shows after a task.
@RabbitMqTest
class GuideMetricsIT {

    private static final Pattern DOCUMENTED = Pattern.compile("`(jtask_worker_[a-z_]+)(?:\\{([a-z,]+)})?`");
    private static final Pattern SHOWN =
            Pattern.compile("(?m)^# TYPE (jtask_worker_[a-z_]+) (?:counter|gauge|histogram)$");
    private static final Pattern LABELLED = Pattern.compile("(?m)^(jtask_worker_[a-z_]+)_count\\{([^}]*)}");
    private static final String QUEUE = "guide-metrics";

    @Test
    void areThoseOfARealScrape(RabbitMqNode node) throws IOException {
        try (var worker = Workers.start(node, new TestTasks(), QUEUE);
                var client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect()) {
            client.send("t.add", 4, 6).get(Duration.ofSeconds(20));
            Awaitility.await("the task is counted")
                    .until(() -> Workers.metrics(worker).contains("jtask_worker_tasks_seconds_count"));
            assertThat(documented()).isEqualTo(shown(Workers.metrics(worker)));
        }
    }

    private static Set<String> documented() throws IOException {
        var names = new TreeSet<String>();
        DOCUMENTED
                .matcher(Files.readString(Path.of("../docs/operating-a-worker.md")))
                .results()
                .forEach(match ->
                        names.add(match.group(2) == null ? match.group(1) : labelled(match.group(1), match.group(2))));
        return names;
    }

    private static Set<String> shown(String metrics) {
        var names = new TreeSet<String>();
        SHOWN.matcher(metrics).results().map(match -> match.group(1)).forEach(names::add);
        names.removeIf(name -> name.endsWith("_max"));
        LABELLED.matcher(metrics).results().forEach(match -> {
            names.remove(match.group(1));
            names.add(labelled(match.group(1), match.group(2).replaceAll("=\"[^\"]*\"", "")));
        });
        return names;
    }

    private static String labelled(String name, String labels) {
        return name + new TreeSet<>(Set.of(labels.split(",", -1)));
    }
}
