package dev.jtask.operator;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.testing.RabbitMqNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// What a user does and sees: applies pools, sends messages, reads statuses.
record World(KubernetesClient kubernetes, EmbeddedKubernetes api, RabbitMqNode broker) {

    /// What the tests' own client introduces itself as.
    static final String TESTER = "tester";

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// A pool with queue and Secret of its own name.
    TaskWorkerPool pool(String name, String spec) {
        secret(name, broker.amqpUri(), broker.managementUri());
        return apply(name, spec);
    }

    TaskWorkerPool apply(String name, String spec) {
        var yaml = """
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: %1$s, namespace: default}
            spec:
              image: registry.test/worker:1.0
              broker: {secretRef: {name: %1$s}}
            """.formatted(name) + spec.replace("NAME", name).indent(2);
        var pool = kubernetes.getKubernetesSerialization().unmarshal(yaml, TaskWorkerPool.class);
        return kubernetes.resource(pool).fieldManager("tester").forceConflicts().serverSideApply();
    }

    void secret(String name, String uri, String managementUri) {
        kubernetes
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .addToStringData("uri", uri)
                        .addToStringData("managementUri", managementUri)
                        .build())
                .fieldManager("tester")
                .forceConflicts()
                .serverSideApply();
    }

    void send(String queue, int messages) {
        onChannel(channel -> {
            for (int i = 0; i < messages; i++) {
                boolean taken = false;
                // a quorum queue that is new on a busy machine may have no leader yet, and refuses
                for (long end = System.nanoTime() + PATIENCE.toNanos(); !taken && System.nanoTime() < end; ) {
                    channel.basicPublish("", queue, null, "{}".getBytes(StandardCharsets.UTF_8));
                    taken = channel.waitForConfirms(PATIENCE.toMillis());
                }
                if (!taken) {
                    throw new IllegalStateException("the broker does not take messages for " + queue);
                }
            }
        });
    }

    void purge(String queue) {
        onChannel(channel -> channel.queuePurge(queue));
    }

    /// Uses the broker over AMQP.
    interface Use {
        void on(Channel channel) throws Exception;
    }

    void onChannel(Use use) {
        var factory = new ConnectionFactory();
        try {
            factory.setUri(broker.amqpUri());
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                channel.confirmSelect();
                use.on(channel);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<Deployment> deployment(String name) {
        return Optional.ofNullable(kubernetes
                .apps()
                .deployments()
                .inNamespace("default")
                .withName(name)
                .get());
    }

    int replicas(String name) {
        return deployment(name).map(found -> found.getSpec().getReplicas()).orElse(-1);
    }

    Optional<TaskWorkerPoolStatus> status(String name) {
        return Optional.ofNullable(kubernetes
                        .resources(TaskWorkerPool.class)
                        .inNamespace("default")
                        .withName(name)
                        .get())
                .map(TaskWorkerPool::getStatus);
    }

    Optional<Condition> condition(String pool, String type) {
        return status(pool).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /// Waits for a condition with a reason.
    Condition awaitCondition(String pool, String type, String reason) {
        return await("condition %s of %s with reason %s".formatted(type, pool, reason))
                .atMost(PATIENCE)
                .until(
                        () -> status(pool).map(TaskWorkerPoolStatus::conditions).orElse(List.of()),
                        seen -> seen.stream().anyMatch(condition -> is(condition, type, reason)))
                .stream()
                .filter(condition -> is(condition, type, reason))
                .findFirst()
                .orElseThrow();
    }

    private List<String> events(String pool) {
        return kubernetes.v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(pool))
                .map(Event::getReason)
                .toList();
    }

    /// Waits for events: each is written after what it tells of.
    void awaitEvents(String pool, String... reasons) {
        await("events of " + pool)
                .atMost(PATIENCE)
                .until(() -> events(pool), seen -> seen.containsAll(List.of(reasons)));
    }

    void delete(String pool) {
        kubernetes
                .resources(TaskWorkerPool.class)
                .inNamespace("default")
                .withName(pool)
                .delete();
    }

    void annotate(String pool, String key, String value) {
        kubernetes
                .resources(TaskWorkerPool.class)
                .inNamespace("default")
                .withName(pool)
                .edit(found -> {
                    var annotations = new HashMap<>(
                            Objects.requireNonNullElse(found.getMetadata().getAnnotations(), Map.<String, String>of()));
                    annotations.put(key, value);
                    found.getMetadata().setAnnotations(annotations);
                    return found;
                });
    }

    private static boolean is(Condition condition, String type, String reason) {
        return condition.getType().equals(type) && condition.getReason().equals(reason);
    }

    static <T> Predicate<Optional<T>> is(Predicate<T> condition) {
        return value -> value.filter(condition).isPresent();
    }
}
