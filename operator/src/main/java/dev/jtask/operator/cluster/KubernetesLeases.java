package dev.jtask.operator.cluster;

import dev.jtask.operator.leadership.Claim;
import dev.jtask.operator.leadership.Leases;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/// The lease in Kubernetes.
public final class KubernetesLeases implements Leases {

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    public KubernetesLeases(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    @Override
    public Optional<Claim> read() {
        return Optional.ofNullable(
                        client.leases().inNamespace(namespace).withName(name).get())
                .map(lease -> lease.getSpec())
                .filter(spec -> spec.getHolderIdentity() != null && spec.getRenewTime() != null)
                .map(spec ->
                        new Claim(spec.getHolderIdentity(), spec.getRenewTime().toInstant()));
    }
}
