package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A Python client controls a Java worker and listens to its events.
@RabbitMqTest
class PythonControlIT {

    private static final String QUEUE = "python-control";
    private static final Map<String, JsonNode> SAW = new HashMap<>();

    @BeforeAll
    static void control(RabbitMqNode node) throws IOException, InterruptedException {
        try (var _ = Workers.start(node, new TestTasks(), QUEUE)) {
            var builder = new ProcessBuilder("/usr/bin/python3", "control.py")
                    .directory(Path.of("src/test/python").toFile())
                    .redirectErrorStream(true);
            builder.environment().put("PEER_BROKER_URI", node.amqpUri());
            builder.environment().put("PEER_QUEUE", QUEUE);
            builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            var python = builder.start();
            var output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(python.waitFor()).as(output).isZero();
            for (var line : output.lines().toList()) {
                var step = TypedJson.mapper().readTree(line);
                SAW.put(step.get("call").asText(), step.get("saw"));
            }
        }
    }

    @Test
    void revokesByStamp() {
        assertThat(saw("flagged")).contains("headers {'order': ['7', '8']} flagged as revoked, but not terminated");
        assertThat(saw("flagged as text")).contains("headers {'batch': 'x'} flagged as revoked, but not terminated");
        assertThat(saw("not terminated")).contains("headers {'order': '0'} were not terminated");
        assertThat(saw("stamp")).contains("TaskRevokedError", "revoked");
        assertThat(saw("stamp as text")).contains("TaskRevokedError", "revoked");
        assertThat(saw("other stamp")).isEqualTo("3");
    }

    @Test
    void terminatesByStamp() {
        assertThat(saw("terminated")).contains("headers {'tenant': {'a'}} revoked");
        assertThat(saw("running")).contains("TaskRevokedError", "terminated");
    }

    @Test
    void exchangesRevokedTasksWithPythonWorkers() {
        assertThat(saw("taken over")).isEqualTo("true");
        assertThat(saw("passed on")).isEqualTo("true");
        assertThat(saw("forgotten in time")).isEqualTo("true");
    }

    @Test
    void bindsAnAddedQueueToTheExchangeThatIsAskedFor() {
        assertThat(saw("added")).contains("add consumer python-control-orders");
        assertThat(saw("by topic")).isEqualTo("10");
        assertThat(saw("shown")).isEqualTo("[true,\"topic\",\"order.#\"]");
    }

    @Test
    void tellsItsMemoryAndItsTasksOptions() {
        assertThat(saw("memory")).isEqualTo("[\"MB\",true,true]");
        assertThat(saw("items")).isEqualTo("[\"t.add [max_retries=3 acks_late=True]\"]");
    }

    @Test
    void aTaskWithWrongArgumentsHasFailedInTheEyesOfAReceiver() {
        assertThat(saw("wrong arguments")).isEqualTo("[\"FAILURE\",true]");
    }

    @Test
    void aDelayedTaskIsReceivedOnce() {
        assertThat(saw("received once")).isEqualTo("[\"task-received\",\"task-started\",\"task-succeeded\"]");
    }

    @Test
    void theTimeLimitIsANumber() {
        assertThat(saw("limit")).isEqualTo("[\"TimeLimitExceeded\",1.3]");
    }

    private static String saw(String step) {
        return Optional.ofNullable(SAW.get(step))
                .map(JsonNode::toString)
                .orElseThrow(() -> new AssertionError(step + " is not in " + SAW));
    }
}
