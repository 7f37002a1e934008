package dev.jtask.operator.fake;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.workload.PodReadiness;
import dev.jtask.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A cache that shows what it is given, however old that is; of pods those that are active.
public final class FakeWorkloads implements Workloads {

    private volatile @Nullable Deployment deployment;
    private volatile List<Pod> pods = List.of();
    private volatile List<TaskWorkerPool> pools = List.of();

    public void show(@Nullable Deployment newest) {
        deployment = newest;
    }

    public void show(List<Pod> newest) {
        pods = newest;
    }

    /// All pools that there are.
    public void have(TaskWorkerPool... newest) {
        pools = List.of(newest);
    }

    @Override
    public List<TaskWorkerPool> pools() {
        return pools;
    }

    @Override
    public Optional<Deployment> deployment(TaskWorkerPool pool) {
        return Optional.ofNullable(deployment);
    }

    @Override
    public List<Pod> pods(TaskWorkerPool pool) {
        return pods.stream().filter(PodReadiness::isActive).toList();
    }
}
