package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.Journal;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.ResourceOperations;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.dependent.managed.ManagedWorkflowAndDependentResourceContext;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the SDK gives a reconcile, as far as the operator asks: whether the pool is gone, and its finalizer.
final class FakeContext implements Context<TaskWorkerPool> {

    private final TaskWorkerPool pool;
    private final boolean gone;
    private final Journal journal;
    /// What Kubernetes has under the pool's name, which the cache may not show yet.
    private TaskWorkerPool there;
    private @Nullable KubernetesClientException failure;
    private @Nullable Error error;

    private FakeContext(TaskWorkerPool pool, boolean gone, Journal journal) {
        this.pool = pool;
        this.there = pool;
        this.gone = gone;
        this.journal = journal;
    }

    static FakeContext of(TaskWorkerPool pool, Journal journal) {
        return new FakeContext(pool, false, journal);
    }

    static FakeContext ofGone(TaskWorkerPool pool) {
        return new FakeContext(pool, true, new Journal());
    }

    /// From now on the finalizer cannot be written.
    FakeContext failWith(KubernetesClientException e) {
        failure = e;
        return this;
    }

    /// Another pool has come in its place.
    FakeContext replacedBy(TaskWorkerPool namesake) {
        there = namesake;
        return this;
    }

    /// The same with an error.
    FakeContext breakWith(Error e) {
        error = e;
        return this;
    }

    @Override
    public ResourceOperations<TaskWorkerPool> resourceOperations() {
        return new ResourceOperations<>(this) {
            @Override
            public TaskWorkerPool serverSideApplyPrimary(TaskWorkerPool applied) {
                var uid = applied.getMetadata().getUid();
                if (uid != null && !uid.equals(there.getMetadata().getUid())) {
                    throw new KubernetesClientException("uid mismatch", 409, null);
                }
                return write("add " + String.join(" ", applied.getMetadata().getFinalizers()));
            }

            @Override
            public TaskWorkerPool conflictRetryingPatchPrimary(
                    UnaryOperator<TaskWorkerPool> change, Predicate<TaskWorkerPool> precondition) {
                if (!precondition.test(there)) {
                    return there;
                }
                var changed = new TaskWorkerPool();
                changed.setMetadata(new ObjectMetaBuilder(there.getMetadata()).build());
                var left = change.apply(changed).getMetadata().getFinalizers();
                return write("remove "
                        + there.getMetadata().getFinalizers().stream()
                                .filter(each -> !left.contains(each))
                                .collect(Collectors.joining(" ")));
            }
        };
    }

    private TaskWorkerPool write(String line) {
        if (failure != null) {
            throw failure;
        }
        if (error != null) {
            throw error;
        }
        journal.write(line);
        return pool;
    }

    @Override
    public TaskWorkerPool getPrimaryResource() {
        return pool;
    }

    @Override
    public boolean isPrimaryResourceDeleted() {
        return gone;
    }

    @Override
    public boolean isPrimaryResourceFinalStateUnknown() {
        return false;
    }

    @Override
    public boolean isNextReconciliationImminent() {
        return false;
    }

    @Override
    public Optional<RetryInfo> getRetryInfo() {
        return Optional.empty();
    }

    @Override
    public <R> Set<R> getSecondaryResources(Class<R> type, boolean deduplicate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> Stream<R> getSecondaryResourcesAsStream(Class<R> type, boolean deduplicate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> Optional<R> getSecondaryResource(Class<R> type, String eventSource) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ControllerConfiguration<TaskWorkerPool> getControllerConfiguration() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ManagedWorkflowAndDependentResourceContext managedWorkflowAndDependentResourceContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventSourceRetriever<TaskWorkerPool> eventSourceRetriever() {
        throw new UnsupportedOperationException();
    }

    @Override
    public KubernetesClient getClient() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExecutorService getWorkflowExecutorService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public IndexedResourceCache<TaskWorkerPool> getPrimaryCache() {
        throw new UnsupportedOperationException();
    }
}
