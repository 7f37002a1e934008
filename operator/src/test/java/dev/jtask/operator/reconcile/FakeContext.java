package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.Journal;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the SDK gives a reconcile, as far as the operator asks: whether the pool is gone, and its finalizer.
final class FakeContext implements Context<TaskWorkerPool> {

    private final TaskWorkerPool pool;
    private final boolean gone;
    private final Journal journal;
    private @Nullable KubernetesClientException failure;
    private @Nullable Error error;

    private FakeContext(TaskWorkerPool pool, boolean gone, Journal journal) {
        this.pool = pool;
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

    /// The same with an error.
    FakeContext breakWith(Error e) {
        error = e;
        return this;
    }

    @Override
    public ResourceOperations<TaskWorkerPool> resourceOperations() {
        return new ResourceOperations<>(this) {
            @Override
            public TaskWorkerPool addFinalizerWithSSA(String finalizer) {
                return write("add " + finalizer);
            }

            @Override
            public TaskWorkerPool removeFinalizer(String finalizer) {
                return write("remove " + finalizer);
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
