package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guide's log fields are those of a worker process: no more, no fewer.
@RabbitMqTest
class GuideLogIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "guide-log";

    @TempDir
    private Path folder;

    @Test
    void areThoseOfAProcessThatLogsJson(RabbitMqNode node) throws Exception {
        var variables = Map.of(
                "JTASK_QUEUES", QUEUE,
                "JTASK_NODE_NAME", "letters@pod-1",
                "JTASK_LOG_FORMAT", "json",
                "JTASK_LOG_LEVEL", "debug");
        try (var worker = WorkerProcess.start(folder, node, variables).awaitReady();
                var client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect()) {
            var task = client.send(TaskRequest.of("p.logged", "s3cret")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
            task.get(SOON);
            Awaitility.await("the end is logged")
                    .atMost(SOON)
                    .until(() -> worker.log().contains("p.logged succeeded"));
            worker.terminate();
            assertThat(worker.awaitExit()).isZero();

            assertThat(keys(worker)).isEqualTo(Guides.firstColumn("Log"));
            assertThat(worker.log()).as("arguments").doesNotContain("s3cret");
            assertThat(lines(worker))
                    .allSatisfy(
                            line -> assertThat(line.path("pool").textValue()).isEqualTo("letters"));
            assertThat(lines(worker)).anySatisfy(line -> {
                assertThat(line.path("id").textValue()).isEqualTo(task.id());
                assertThat(line.path("message").textValue()).isEqualTo("the task's own line");
            });
        }
    }

    private static Set<String> keys(WorkerProcess worker) throws JsonProcessingException {
        var keys = new TreeSet<String>();
        lines(worker).forEach(line -> line.fieldNames().forEachRemaining(keys::add));
        return keys;
    }

    private static List<JsonNode> lines(WorkerProcess worker) throws JsonProcessingException {
        var lines = new ArrayList<JsonNode>();
        for (var line : worker.log().lines().toList()) {
            if (!line.startsWith("WARNING:")) { // the JVM's own
                lines.add(TypedJson.mapper().readTree(line));
            }
        }
        return lines;
    }
}
