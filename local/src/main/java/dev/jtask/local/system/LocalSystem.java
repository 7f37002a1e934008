package dev.jtask.local.system;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.local.kubernetes.api.KubernetesApi;
import dev.jtask.local.kubernetes.node.LocalNode;
import dev.jtask.testing.RabbitMqNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// The whole of jtask on this machine: a broker, a Kubernetes API, the operator, a node for its workers. Everything
/// ends with [#close()], and with this JVM in any case.
public final class LocalSystem implements AutoCloseable {

    private static final String NAMESPACE = "default";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Closing closing;
    private final RabbitMqNode broker;
    private final String apiDescription;
    private final KubernetesClient client;
    private final LocalNode node;

    private LocalSystem(
            Closing closing, RabbitMqNode broker, String apiDescription, KubernetesClient client, LocalNode node) {
        this.closing = closing;
        this.broker = broker;
        this.apiDescription = apiDescription;
        this.client = client;
        this.node = node;
    }

    /// Starts everything; returns when the operator is ready.
    ///
    /// @throws CannotRunException when a part does not start
    public static LocalSystem start(Checkout checkout) {
        checkout.requireBuilt();
        var closing = new Closing();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return start(checkout, closing, threads);
        } catch (IOException | RuntimeException | Error e) {
            closing.close();
            throw failure(e);
        }
    }

    private static LocalSystem start(Checkout checkout, Closing closing, ExecutorService threads) throws IOException {
        var folder = checkout.folder();
        for (var name : List.of("tmp", "pods", "rabbitmq")) {
            Folders.emptied(folder.resolve(name));
        }
        Files.deleteIfExists(checkout.operatorLog());
        Future<RabbitMqNode> broker = threads.submit(() -> closing.add(RabbitMqNode.start(folder.resolve("rabbitmq"))));
        var api = closing.add(KubernetesApi.start(folder.resolve("kubernetes")));
        var client = closing.add(api.client());
        var kubeconfig = Folders.secret(folder.resolve("kubeconfig"), api.kubeconfig());
        apply(client, checkout.crd());
        awaitPools(client);
        var operator = closing.add(OperatorProcess.start(checkout, kubeconfig));
        var node = closing.add(LocalNode.start(client, checkout.workers()));
        operator.awaitReady();
        return new LocalSystem(closing, await(broker), api.description(), client, node);
    }

    public RabbitMqNode broker() {
        return broker;
    }

    public KubernetesClient client() {
        return client;
    }

    public LocalNode node() {
        return node;
    }

    /// Which Kubernetes API it is.
    public String apiDescription() {
        return apiDescription;
    }

    /// Creates the Secret that pools find the broker by.
    public void createSecret(String name) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withData(Map.of("uri", encoded(broker.amqpUri()), "managementUri", encoded(broker.managementUri())))
                .build();
        client.resource(secret).create();
    }

    /// Applies a file as `kubectl apply --server-side` would.
    public void apply(Path file) {
        apply(client, file);
    }

    @Override
    public void close() {
        closing.close();
    }

    private static void apply(KubernetesClient client, Path file) {
        try (var yaml = Files.newInputStream(file)) {
            client.load(yaml)
                    .items()
                    .forEach(item ->
                            client.resource(item).fieldManager("jtask-local").serverSideApply());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// A real API server serves a new kind a moment after it was told of it.
    private static void awaitPools(KubernetesClient client) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                client.resources(TaskWorkerPool.class).inAnyNamespace().list();
                return;
            } catch (KubernetesClientException e) {
                if (System.nanoTime() > deadline) {
                    throw new CannotRunException("the API does not serve task worker pools: " + e.getMessage(), e);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    private static <T> T await(Future<T> part) {
        try {
            return part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("interrupted while starting", e);
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static CannotRunException failure(Throwable cause) {
        return cause instanceof CannotRunException known
                ? known
                : new CannotRunException(String.valueOf(cause.getMessage()), cause);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
