package dev.jtask.operator.cluster;

import dev.jtask.operator.leadership.Claim;
import dev.jtask.operator.leadership.Leases;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
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
        return Optional.ofNullable(lease().get()).flatMap(KubernetesLeases::claim);
    }

    @Override
    public void clear(Claim claim) {
        var lease = lease().get();
        if (lease != null && claim(lease).filter(claim::equals).isPresent()) {
            // with the version that was read: of one that was renewed meanwhile Kubernetes refuses it
            var nobodys =
                    lease.edit().editSpec().withHolderIdentity("").endSpec().build();
            client.resource(nobodys).update();
        }
    }

    @Override
    public void mend(Duration duration, Instant now) {
        var lease = lease().get();
        if (lease != null && claim(lease).isEmpty()) {
            var said = Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
            var time = now.atZone(ZoneOffset.UTC);
            var whole = new LeaseSpecBuilder(said)
                    .withHolderIdentity(Objects.requireNonNullElse(said.getHolderIdentity(), ""))
                    .withLeaseDurationSeconds(Objects.requireNonNullElseGet(
                            said.getLeaseDurationSeconds(), () -> (int) duration.toSeconds()))
                    .withAcquireTime(Objects.requireNonNullElse(said.getAcquireTime(), time))
                    .withRenewTime(Objects.requireNonNullElse(said.getRenewTime(), time))
                    .build();
            // with the version that was read, as above
            client.resource(lease.edit().withSpec(whole).build()).update();
        }
    }

    private Resource<Lease> lease() {
        return client.leases().inNamespace(namespace).withName(name);
    }

    private static Optional<Claim> claim(Lease lease) {
        return Optional.ofNullable(lease.getSpec())
                .filter(spec -> spec.getHolderIdentity() != null
                        && spec.getAcquireTime() != null
                        && spec.getRenewTime() != null
                        && spec.getLeaseDurationSeconds() != null)
                .map(spec ->
                        new Claim(spec.getHolderIdentity(), spec.getRenewTime().toInstant()));
    }
}
