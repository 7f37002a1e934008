package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Decision;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.victim.Victims;
import dev.jtask.operator.workload.DeploymentApi;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a Deployment another number of replicas; nothing else in the operator does once it exists.
public final class ReplicaWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaWriter.class);

    private final DeploymentApi deployments;
    private final Victims victims;
    private final Events events;

    public ReplicaWriter(DeploymentApi deployments, Victims victims, Events events) {
        this.deployments = deployments;
        this.victims = victims;
        this.events = events;
    }

    /// @return the Deployment as it is now
    Deployment write(TaskWorkerPool pool, Deployment deployment, List<Pod> pods, Decision decision) {
        int from = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
        int to = decision.replicas();
        if (to < from) {
            int idle = victims.mark(pods, pool.getSpec().concurrency(), from - to);
            // asked again just now: a pod may have taken a task since the decision
            to = decision.sparesRunning() ? Math.max(to, from - idle) : to;
        }
        if (to == from) {
            return deployment;
        }
        var written = deployments.scale(deployment, to);
        var message = "from %d to %d: %s".formatted(from, to, decision.message());
        LOG.info(
                "pool {}/{} scaled {}",
                pool.getMetadata().getNamespace(),
                pool.getMetadata().getName(),
                message);
        events.publish(pool, Announcement.normal(to > from ? "ScaledUp" : "ScaledDown", message));
        return written;
    }
}
