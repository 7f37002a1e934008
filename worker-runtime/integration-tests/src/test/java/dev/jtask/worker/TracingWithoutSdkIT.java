package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RabbitMqTest
class TracingWithoutSdkIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    private final String queue = "untraced-" + UUID.randomUUID();
    private TaskClient client;
    private WorkerProgram worker;

    @BeforeEach
    void start(RabbitMqNode broker) throws IOException {
        worker = Workers.start(broker, new TracedTasks(), queue);
        client = TaskClient.builder(broker.amqpUri()).queue(queue).connect();
    }

    @AfterEach
    void stop() {
        client.close();
        worker.close();
    }

    @Test
    void aTraceIsPassedOnAndLoggedAndNoSdkIsSet() {
        var header = client.send(TaskRequest.of("traced.header").header("traceparent", PARENT));
        var ids = client.send(TaskRequest.of("traced.ids", "tenant").header("traceparent", PARENT));

        assertThat(header.get(SOON)).hasToString('"' + PARENT + '"');
        assertThat(ids.get(SOON).toString())
                .contains("\"loggedTrace\":\"" + TRACE)
                .contains("\"logged\":\"b7ad6b7169203331");
        assertThat(GlobalOpenTelemetry.isSet()).isFalse();
    }

    @Test
    void aTaskWithoutATraceHasNoneInItsLog() {
        assertThat(client.send("traced.ids", "tenant").get(SOON).toString()).contains("\"loggedTrace\":\"null\"");
    }
}
