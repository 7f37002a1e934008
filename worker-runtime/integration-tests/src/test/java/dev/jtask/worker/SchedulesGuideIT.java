package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.schedule.Schedule;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.schedule.ScheduleFile;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/schedules.md says what the code does: its file is one, its metrics are those of a worker with a schedule.
@RabbitMqTest
class SchedulesGuideIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final Pattern DOCUMENTED = Pattern.compile("`(jtask_scheduler_[a-z_]+(?:\\{schedule})?)`");
    private static final Pattern SHOWN = Pattern.compile("(?m)^(jtask_scheduler_[a-z_]+(?:\\{schedule)?)");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleIsAScheduleFile() throws IOException {
        var examples =
                YAML.matcher(guide()).results().map(match -> match.group(1)).toList();
        assertThat(examples).isNotEmpty();
        for (var example : examples) {
            var file = Files.writeString(folder.resolve("schedules.yaml"), example);
            assertThat(ScheduleFile.read(file, task -> null)).isNotEmpty();
        }
    }

    @Test
    void theMetricsAreThoseOfAWorkerThatSendsWhatItRuns(RabbitMqNode node) throws IOException {
        var ran = new AtomicInteger();
        var task = TaskRequest.of("guide.count", "a").queue("schedules-guide");
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var worker = Worker.builder()
                .meters(meters)
                .broker(node.amqpUri())
                .queues("schedules-guide")
                .task("guide.count", String.class, text -> ran.incrementAndGet())
                .schedules("guide", Schedule.every("tick", Duration.ofSeconds(1), task))
                .start()) {
            await().atMost(SOON).until(() -> worker.isReady() && ran.get() > 0);
            // what it sends may run before its confirm is counted
            await().atMost(SOON).untilAsserted(() -> {
                var metrics = meters.scrape();
                assertThat(names(DOCUMENTED, guide(), match -> match.group(1)))
                        .isEqualTo(names(SHOWN, metrics, match -> match.group(1).replace("{schedule", "{schedule}")));
                assertThat(metrics).contains("jtask_scheduler_at_work 1.0");
            });
        }
    }

    private static Set<String> names(Pattern pattern, String text, Function<MatchResult, String> name) {
        var names = new TreeSet<String>();
        pattern.matcher(text).results().map(name).forEach(names::add);
        return names;
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("../../docs/schedules.md"));
    }
}
