package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A Python client, with nothing of jtask installed, calls tasks of a Java worker.
@RabbitMqTest
class PythonClientToJavaIT {

    private static final String QUEUE = "java-peer";
    private static final Map<String, JsonNode> SAW = new HashMap<>();

    @BeforeAll
    static void call(RabbitMqNode node) throws IOException, InterruptedException {
        try (var _ = Workers.start(node, new TestTasks(), QUEUE)) {
            var builder = new ProcessBuilder("/usr/bin/python3", "caller.py")
                    .directory(Path.of("src/test/python").toFile())
                    .redirectErrorStream(true);
            builder.environment().put("PEER_BROKER_URI", node.amqpUri());
            builder.environment().put("PEER_QUEUE", QUEUE);
            builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            var python = builder.start();
            var output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(python.waitFor()).as(output).isZero();
            for (var line : output.lines().toList()) {
                var call = TypedJson.mapper().readTree(line);
                SAW.put(call.get("call").asText(), call.get("saw"));
            }
        }
    }

    @Test
    void aResultComesBack() {
        assertThat(saw("add").toString()).isEqualTo("10");
        assertThat(saw("many").toString()).isEqualTo("20100");
    }

    @Test
    void defaultsAndNamesBindAsInPython() {
        assertThat(saw("default").toString()).isEqualTo("14");
        assertThat(saw("kwargs").toString()).isEqualTo("3");
    }

    @Test
    void valuesSurviveBothWays() {
        var value = saw("echo");

        assertThat(value.get("text").asText()).isEqualTo("Grüße, 世界");
        assertThat(value.get("big").bigIntegerValue()).isEqualTo(BigInteger.TWO.pow(80));
        assertThat(value.get("list").toString()).isEqualTo("[1,2.5,null,true]");
    }

    @Test
    void aJavaExceptionIsRaisedInPythonWithItsNameAndTraceback() {
        assertThat(saw("fail").toString()).isEqualTo("[\"IllegalStateException\",\"no such order\",\"FAILURE\",true]");
    }

    @Test
    void aTaskThatNoWorkerHasFailsAtTheCaller() {
        assertThat(saw("unknown").get(1).asText()).contains("t.nowhere");
        assertThat(saw("unknown").get(2).asText()).isEqualTo("FAILURE");
    }

    @Test
    void argumentsThatDoNotFitFailAtTheCaller() {
        assertThat(saw("wrong").get(1).asText()).isEqualTo("FAILURE");
    }

    @Test
    void aCountdownEndsInAResult() {
        assertThat(saw("countdown").toString()).isEqualTo("2");
    }

    @Test
    void aTimeLimitOfZeroIsNone() {
        assertThat(saw("zero").toString()).isEqualTo("3");
        assertThat(saw("zero in a chain").toString()).isEqualTo("3");
    }

    @Test
    void aTaskThatEmitsIsATaskAsAnyOther() {
        assertThat(saw("emit").toString()).isEqualTo("[\"SUCCESS\",1500]");
        assertThat(saw("asked").toString()).as("pieces are no end").isEqualTo("20");
    }

    private static JsonNode saw(String call) {
        return Optional.ofNullable(SAW.get(call)).orElseThrow(() -> new AssertionError(call + " is not in " + SAW));
    }
}
