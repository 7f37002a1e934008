package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.autoscaler.WorkerReport.Work;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A pool whose `spec.template` says otherwise than its spec, or whose pods are of an older one.
class TemplatedPoolTest extends PoolScalingScene {

    @Test
    void tasksThatAPodsGracePeriodWouldCutOffAreNotShort() {
        assertThat(shrinking(grace(310)).sparesRunning()).isFalse();
        assertThat(shrinking(grace(30)).sparesRunning()).isTrue();
    }

    @Test
    void norAreThoseThatItsWorkerWouldInterrupt() {
        assertThat(shrinking(worker("JTASK_DRAIN_TIMEOUT", "30s")).sparesRunning())
                .isTrue();
    }

    @Test
    void slotsAreThoseOfTheWorkersThatItsDeploymentStarts() {
        var deployment = Pools.deployment(1, 1)
                .edit()
                .editSpec()
                .withNewTemplate()
                .withSpec(worker("JTASK_CONCURRENCY", "2"))
                .endTemplate()
                .endSpec()
                .build();
        workloads.show(deployments.put(deployment));
        workloads.show(List.of(pod("a", worker("JTASK_CONCURRENCY", "2"))));
        var scaling = scaling(Pools.pool("queues: [{name: orders}]\nconcurrency: 8"));

        scaling.step(seen(1_000), Map.of());

        assertThat(scaling.view().orElseThrow().decision().message()).contains("2 slots a pod");
    }

    /// Of three pods that run tasks of 55 s, of which one would do.
    private Decision shrinking(PodSpec spec) {
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        workloads.show(List.of(pod("a", spec), pod("b", spec), pod("c", spec)));
        for (var name : List.of("a", "b", "c")) {
            busy.says(name, new WorkerReport(1, 50, Map.of("orders", new Work(550, 10))));
        }
        var scaling = scaling(Pools.pool("queues: [{name: orders}]\nscaling: {scaleDown: {stabilization: 0s}}"));
        scaling.step(seen(0), Map.of());
        return scaling.view().orElseThrow().decision();
    }

    private static Pod pod(String name, PodSpec spec) {
        return Pods.ready(name).edit().withSpec(spec).build();
    }

    private static PodSpec grace(long seconds) {
        return new PodSpecBuilder().withTerminationGracePeriodSeconds(seconds).build();
    }

    private static PodSpec worker(String variable, String value) {
        var worker = new ContainerBuilder()
                .withName("worker")
                .addNewEnv()
                .withName(variable)
                .withValue(value)
                .endEnv();
        return new PodSpecBuilder(grace(310)).withContainers(worker.build()).build();
    }
}
