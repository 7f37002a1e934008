package dev.jtask.operator.fake;

import dev.jtask.operator.workload.DeploymentApi;
import dev.jtask.operator.workload.Labels;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deployments as the API server keeps them: a write is a new generation, applying leaves the replicas of another
/// manager alone, applying with a uid makes none, scaling one of a version spares any other, deleting spares one of
/// another uid, and whatever is asked can be refused.
public final class FakeDeployments implements DeploymentApi {

    private final Map<String, Deployment> kept = new ConcurrentHashMap<>();
    private final Journal journal;
    private volatile @Nullable KubernetesClientException failure;
    private volatile int most = Integer.MAX_VALUE;
    private final AtomicInteger statuses = new AtomicInteger();
    private final AtomicInteger versions = new AtomicInteger(100);

    public FakeDeployments(Journal journal) {
        this.journal = journal;
    }

    /// From now on every call fails, until null is given.
    public void failWith(@Nullable KubernetesClientException e) {
        failure = e;
    }

    /// From now on whatever size is written becomes at most this one.
    public void capAt(int replicas) {
        most = replicas;
    }

    /// Before so many sizes to come a status is written, as while pods start: another version.
    public void writeStatuses(int times) {
        statuses.set(times);
    }

    /// Puts a Deployment there without a word in the journal.
    public Deployment put(Deployment deployment) {
        kept.put(deployment.getMetadata().getName(), deployment);
        return deployment;
    }

    @Override
    public Optional<Deployment> find(String namespace, String name) {
        fail();
        return Optional.ofNullable(kept.get(name));
    }

    @Override
    public Deployment apply(Deployment deployment) {
        fail();
        var name = deployment.getMetadata().getName();
        var asked = deployment.getSpec().getReplicas();
        journal.write("apply " + name + (asked == null ? "" : " with " + asked));
        var before = meet(deployment);
        var replicas =
                asked != null || before == null ? asked : before.getSpec().getReplicas();
        return write(deployment, before, replicas, Labels.OPERATOR);
    }

    @Override
    public Deployment scale(Deployment deployment, int replicas) {
        fail();
        if (statuses.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            kept.computeIfPresent(deployment.getMetadata().getName(), (name, there) -> versioned(there));
        }
        var before = kept.get(deployment.getMetadata().getName());
        var version = deployment.getMetadata().getResourceVersion();
        if (version != null
                && before != null
                && !version.equals(before.getMetadata().getResourceVersion())) {
            throw new KubernetesClientException("the object has been modified", 409, null);
        }
        journal.write("scale %s to %d".formatted(deployment.getMetadata().getName(), replicas));
        return write(deployment, before, replicas, Labels.SCALER);
    }

    @Override
    public void delete(Deployment deployment) {
        fail();
        var name = deployment.getMetadata().getName();
        journal.write("delete " + name);
        kept.computeIfPresent(
                name,
                (any, there) -> Objects.equals(
                                there.getMetadata().getUid(),
                                deployment.getMetadata().getUid())
                        ? null
                        : there);
    }

    /// What is there of that name, which has to be the one of a uid that is given.
    private @Nullable Deployment meet(Deployment deployment) {
        var found = kept.get(deployment.getMetadata().getName());
        var uid = deployment.getMetadata().getUid();
        if (uid != null && (found == null || !uid.equals(found.getMetadata().getUid()))) {
            throw new KubernetesClientException("uid mismatch", 409, null);
        }
        return found;
    }

    private Deployment write(
            Deployment deployment, @Nullable Deployment before, @Nullable Integer replicas, String manager) {
        var generation = before == null
                ? 0
                : Objects.requireNonNullElse(before.getMetadata().getGeneration(), 0L);
        return put(versioned(deployment)
                .edit()
                .editMetadata()
                .withUid(Objects.requireNonNullElse(deployment.getMetadata().getUid(), "d-1"))
                .withGeneration(generation + 1)
                .withManagedFields(managers(before, manager))
                .endMetadata()
                .editSpec()
                .withReplicas(replicas == null ? null : Integer.valueOf(Math.min(replicas, most)))
                .endSpec()
                .build());
    }

    private Deployment versioned(Deployment deployment) {
        return deployment
                .edit()
                .editMetadata()
                .withResourceVersion(String.valueOf(versions.incrementAndGet()))
                .endMetadata()
                .build();
    }

    private static List<ManagedFieldsEntry> managers(@Nullable Deployment before, String manager) {
        var known = before == null
                ? List.<ManagedFieldsEntry>of()
                : before.getMetadata().getManagedFields();
        return Stream.concat(known.stream().map(ManagedFieldsEntry::getManager), Stream.of(manager))
                .distinct()
                .map(name -> new ManagedFieldsEntryBuilder().withManager(name).build())
                .toList();
    }

    private void fail() {
        var thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }
}
