package dev.jtask.operator.fake;

import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.secret.Secrets;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.operator.secret.WorkerUri;
import dev.jtask.protocol.uri.BrokerUri;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Secrets by name, and how often one was read.
public final class FakeSecrets implements Secrets.Source {

    /// What a Secret named `rabbitmq` says when nothing is wrong with it.
    public static final SecretReading.Usable USABLE = new SecretReading.Usable(new BrokerSecret(
            "rabbitmq",
            // of the URI that usable() writes
            "38159f31",
            new BrokerAccess(
                    List.of(new ManagementDoor(URI.create("http://rabbit.test:15672"), "u", "p", "/")),
                    TlsMaterial.NONE),
            new AmqpAccess(BrokerUri.list("amqp://u:p@rabbit.test/"), TlsMaterial.NONE),
            new WorkerUri.Whole(),
            Set.of()));

    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private volatile @Nullable KubernetesClientException failure;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger versions = new AtomicInteger();

    /// The Secret behind [#USABLE].
    public FakeSecrets usable() {
        return put("rabbitmq", "amqp://u:p@rabbit.test/");
    }

    public FakeSecrets put(String name, String uri) {
        return put(name, "uri", uri);
    }

    public FakeSecrets put(String name, String key, String value) {
        secrets.put(
                name,
                new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withUid("s-" + name)
                        .withResourceVersion(String.valueOf(versions.incrementAndGet()))
                        .endMetadata()
                        .addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                        .build());
        return this;
    }

    public void remove(String name) {
        secrets.remove(name);
    }

    /// From now on every read fails, until null is given.
    public void failWith(@Nullable KubernetesClientException e) {
        failure = e;
    }

    public int reads() {
        return reads.get();
    }

    @Override
    public Optional<Secret> get(String namespace, String name) {
        reads.incrementAndGet();
        var thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return Optional.ofNullable(secrets.get(name));
    }
}
