package dev.jtask.worker;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.app.options.AppOptions;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.schedule.SchedulePlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// Workers in this JVM for tests.
final class Workers {

    /// As long as a machine takes on which much else is built.
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Workers() {}

    static WorkerProgram start(RabbitMqNode node, Object tasks, String queue, String... variables) throws IOException {
        return start(node, TaskClasses.of(tasks), queue, variables);
    }

    static WorkerProgram start(RabbitMqNode node, List<TaskDefinition> tasks, String queue, String... variables)
            throws IOException {
        var worker = startAny(node, tasks, queue, variables);
        Awaitility.await("worker consumes " + queue).atMost(SOON).until(worker::isReady);
        return worker;
    }

    /// One that may never become ready.
    static WorkerProgram startAny(RabbitMqNode node, List<TaskDefinition> tasks, String queue, String... variables)
            throws IOException {
        var environment = new HashMap<>(Map.of(
                "JTASK_BROKER_URI",
                node.amqpUri(),
                "JTASK_QUEUES",
                queue,
                "JTASK_CONCURRENCY",
                "4",
                "JTASK_HTTP_PORT",
                "0",
                "JTASK_NODE_NAME",
                "test@" + queue));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return WorkerProgram.start(AppOptions.fromEnvironment(environment), tasks, SchedulePlan.NONE);
    }

    /// The text of `/metrics`.
    static String metrics(WorkerProgram worker) throws IOException {
        return get(worker.httpPort(), "/metrics").body();
    }

    /// The sum of a meter over all its labels.
    static double sum(WorkerProgram worker, String meter) throws IOException {
        return metrics(worker)
                .lines()
                .filter(line -> line.startsWith(meter))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    static HttpResponse<String> get(int port, String path) throws IOException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                    .timeout(SOON)
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
