package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Decision;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.victim.Marking;
import dev.jtask.operator.victim.Victims;
import dev.jtask.operator.workload.ApiWords;
import dev.jtask.operator.workload.DeploymentApi;
import dev.jtask.operator.workload.PodTerms;
import dev.jtask.operator.workload.UncreatedPods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
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

    /// What became of it.
    ///
    /// @param deployment as it is now
    /// @param hindrance why it is not what was decided, with the fix; null where it is
    /// @param overruled whether Kubernetes took what was written and made something else of it
    record Written(Deployment deployment, @Nullable String hindrance, boolean overruled) {

        Written(Deployment deployment, @Nullable String hindrance) {
            this(deployment, hindrance, false);
        }
    }

    Written write(TaskWorkerPool pool, Deployment deployment, List<Pod> pods, Decision decision) {
        int from = replicas(deployment);
        int wanted = decision.replicas();
        // asked again just now: a pod may have taken a task since the decision
        IntUnaryOperator staying =
                idle -> decision.sparesRunning() ? Math.clamp(atMost(deployment, pods) - idle, wanted, from) : wanted;
        var marking = wanted < from
                ? victims.mark(pods, PodTerms.slots(pool.getSpec(), deployment), staying)
                : new Marking(0, null);
        var unmarked = marking.hindrance();
        if (unmarked != null && decision.sparesRunning()) {
            return new Written(
                    deployment,
                    "the pool keeps %d pods, as tasks may be longer than drainTimeout: %s".formatted(from, unmarked));
        }
        int to = wanted < from ? staying.applyAsInt(marking.idle()) : wanted;
        if (to == from) {
            return new Written(deployment, null);
        }
        var why = unmarked == null ? decision.message() : decision.message() + "; " + unmarked;
        try {
            return written(pool, deployments.scale(ofAnyVersion(deployment), to), from, to, why);
        } catch (KubernetesClientException e) {
            return new Written(deployment, hindrance(from, to, e));
        }
    }

    /// A decision holds however often the status of the Deployment was written since.
    private static Deployment ofAnyVersion(Deployment deployment) {
        return deployment
                .edit()
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .build();
    }

    private static @Nullable String hindrance(int from, int to, KubernetesClientException e) {
        if (e.getCode() == 404 || e.getCode() == 409) {
            // it is not the one that the cache still shows
            return null;
        }
        var wish = "%d pods in place of %d".formatted(to, from);
        return ApiWords.isFinal(e)
                ? "Kubernetes refuses the Deployment %s; correct the operator's Role, or satisfy the quota or policy that is named: %s"
                        .formatted(wish, ApiWords.of(e))
                : "the Deployment could not be given %s (HTTP %d: %s); it is tried again at each look"
                        .formatted(wish, e.getCode(), ApiWords.of(e));
    }

    /// Told as what Kubernetes made of it: a policy may change what is written.
    private Written written(TaskWorkerPool pool, Deployment answer, int from, int to, String why) {
        int made = replicas(answer);
        if (made == to) {
            tell(pool, from, made, why);
            return new Written(answer, null);
        }
        var change = "Kubernetes made it %d pods in place of %d".formatted(made, to);
        if (made != from) {
            tell(pool, from, made, why + "; " + change);
        }
        return new Written(
                answer,
                change
                        + ": a mutating policy or webhook changes what is written; exempt the pool's Deployment from it, or set scaling.minReplicas and scaling.maxReplicas to what it allows",
                true);
    }

    private void tell(TaskWorkerPool pool, int from, int to, String why) {
        var message = "from %d to %d: %s".formatted(from, to, why);
        LOG.info(
                "pool {}/{} scaled {}",
                pool.getMetadata().getNamespace(),
                pool.getMetadata().getName(),
                message);
        events.publish(pool, Announcement.normal(to > from ? "ScaledUp" : "ScaledDown", message));
    }

    /// How many pods there may be: the cache may lack some. Where Kubernetes has said of this very size that it
    /// refuses pods, it has said as well how many it made, and those that it did not make run nothing.
    private static int atMost(Deployment deployment, List<Pod> pods) {
        var status = deployment.getStatus();
        boolean refused = UncreatedPods.of(deployment).isPresent()
                && Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration());
        int made = refused ? Objects.requireNonNullElse(status.getReplicas(), 0) : replicas(deployment);
        return Math.max(made, pods.size());
    }

    private static int replicas(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    }
}
