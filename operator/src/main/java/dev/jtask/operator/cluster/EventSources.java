package dev.jtask.operator.cluster;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.workload.Deployments;
import dev.jtask.operator.workload.Labels;
import dev.jtask.operator.workload.PodReadiness;
import dev.jtask.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a reconcile is run for: the pool's Deployment, its pods, and the scaling loop having something to show.
public final class EventSources implements Workloads {

    private static final String OURS = Labels.MANAGED_BY + "=" + Labels.OPERATOR;

    private record Opened(
            Cache<TaskWorkerPool> pools,
            InformerEventSource<Deployment, TaskWorkerPool> deployments,
            InformerEventSource<Pod, TaskWorkerPool> pods,
            PoolWakes wakes) {}

    private volatile @Nullable Opened opened;

    public List<EventSource<?, TaskWorkerPool>> open(EventSourceContext<TaskWorkerPool> context) {
        var sources = new Opened(
                context.getPrimaryCache(),
                informer(Deployment.class, context),
                informer(Pod.class, context),
                new PoolWakes());
        opened = sources;
        return List.of(sources.deployments(), sources.pods(), sources.wakes());
    }

    /// Has a pool reconciled soon.
    public void reconcile(ResourceID pool) {
        var sources = opened;
        if (sources != null) {
            sources.pools().get(pool).ifPresent(sources.wakes()::wake);
        }
    }

    @Override
    public List<TaskWorkerPool> pools() {
        var sources = opened;
        return sources == null ? List.of() : sources.pools().list().toList();
    }

    @Override
    public Optional<Deployment> deployment(TaskWorkerPool pool) {
        var sources = opened;
        return sources == null
                ? Optional.empty()
                : sources.deployments()
                        .get(ResourceID.fromResource(pool))
                        .filter(deployment -> Deployments.isOwned(deployment, pool));
    }

    @Override
    public List<Pod> pods(TaskWorkerPool pool) {
        var sources = opened;
        return sources == null
                ? List.of()
                : sources.pods().getSecondaryResources(pool).stream()
                        // the SDK's index keeps one that was a pool's and was given other labels
                        .filter(pod -> Labels.isSelected(pod, pool))
                        .filter(PodReadiness::isActive)
                        .toList();
    }

    private <R extends HasMetadata> InformerEventSource<R, TaskWorkerPool> informer(
            Class<R> type, EventSourceContext<TaskWorkerPool> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, TaskWorkerPool.class)
                        .withLabelSelector(OURS)
                        .withSecondaryToPrimaryMapper(EventSources::pool)
                        .withOnUpdateFilter(this::heard)
                        .build(),
                context);
    }

    /// The SDK tells the pool that it is of now; the one that it was taken from by its labels would not hear of it.
    private boolean heard(HasMetadata now, HasMetadata before) {
        var whose = pool(now);
        pool(before).stream().filter(pool -> !whose.contains(pool)).forEach(this::reconcile);
        return true;
    }

    private static Set<ResourceID> pool(HasMetadata owned) {
        var labels = owned.getMetadata().getLabels();
        var name = labels == null ? null : labels.get(Labels.INSTANCE);
        return name == null
                ? Set.of()
                : Set.of(new ResourceID(name, owned.getMetadata().getNamespace()));
    }
}
