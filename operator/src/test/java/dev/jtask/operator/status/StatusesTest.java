package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.Pools;
import dev.jtask.operator.broker.BrokerAccess;
import dev.jtask.operator.broker.BrokerSecret;
import dev.jtask.operator.broker.Probe;
import dev.jtask.operator.broker.QueueReading;
import dev.jtask.operator.broker.SecretReading;
import dev.jtask.operator.broker.TlsMaterial;
import dev.jtask.operator.broker.WorkerUri;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.scaling.Verdict;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatusesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SecretReading USABLE = new SecretReading.Usable(new BrokerSecret(
            "rabbitmq",
            "7",
            new BrokerAccess(URI.create("http://rabbit:15672"), "u", "p", "/", TlsMaterial.NONE),
            new WorkerUri.Whole(),
            Set.of()));

    private final TaskWorkerPool pool = Pools.pool("queues: [{name: orders}, {name: mails}]");

    @Test
    void a_pool_that_works_says_so_with_figures() {
        var status = compute(
                USABLE, deployment(3, 3, 2), List.of(), Optional.of(view(seen("orders", "mails"), Verdict.Bound.NONE)));

        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(status.replicas()).isEqualTo(3);
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.backlog()).isEqualTo(14);
        assertThat(status.queues()).extracting("name").containsExactly("orders", "mails");
        assertThat(reasons(status))
                .isEqualTo(Map.of(
                        "Ready", "Working",
                        "BrokerReachable", "Answering",
                        "QueuesReady", "AllExist",
                        "ScalingActive", "Deciding",
                        "ScalingLimited", "WithinRange"));
    }

    @Test
    void a_missing_queue_leaves_the_backlog_unknown() {
        var status =
                compute(USABLE, deployment(1, 1, 1), List.of(), Optional.of(view(seen("orders"), Verdict.Bound.NONE)));

        assertThat(status.backlog()).isNull();
        assertThat(condition(status, Conditions.QUEUES_READY).getMessage())
                .isEqualTo("queue mails does not exist; create it, or add declare: {} to its entry in spec.queues");
        assertThat(condition(status, Conditions.READY).getReason()).isEqualTo("QueueMissing");
    }

    @Test
    void the_secret_comes_before_what_follows_from_it() {
        var status = compute(new SecretReading.Missing("no Secret"), Optional.empty(), List.of(), Optional.empty());

        assertThat(reasons(status))
                .containsEntry("Ready", "SecretMissing")
                .containsEntry("BrokerReachable", "SecretMissing")
                .containsEntry("QueuesReady", "BrokerNotSeen")
                .containsEntry("ScalingActive", "NotDecidedYet");
    }

    @Test
    void pods_that_do_not_run_are_told_in_the_kubelets_words() {
        var pod = Pools.YAML.unmarshal("""
                kind: Pod
                metadata: {name: p}
                status:
                  containerStatuses:
                  - name: worker
                    state: {waiting: {reason: ImagePullBackOff, message: "no such image"}}
                """, Pod.class);
        var status = compute(
                USABLE,
                deployment(1, 1, 0),
                List.of(pod),
                Optional.of(view(seen("orders", "mails"), Verdict.Bound.NONE)));

        assertThat(condition(status, Conditions.READY))
                .returns("PodsFailing", Condition::getReason)
                .returns("1 of 1 pods: ImagePullBackOff: no such image", Condition::getMessage);
    }

    @Test
    void the_ceiling_says_how_to_raise_it() {
        var status = compute(
                USABLE, deployment(1, 1, 1), List.of(), Optional.of(view(seen("orders", "mails"), Verdict.Bound.MAX)));

        assertThat(condition(status, Conditions.SCALING_LIMITED))
                .returns("True", Condition::getStatus)
                .returns("TooManyNeeded", Condition::getReason);
        assertThat(condition(status, Conditions.SCALING_LIMITED).getMessage())
                .contains("raise scaling.maxReplicas above");
    }

    @Test
    void a_condition_keeps_its_time_until_its_status_changes() {
        var view = Optional.of(view(seen("orders", "mails"), Verdict.Bound.NONE));
        pool.setStatus(compute(USABLE, deployment(1, 1, 1), List.of(), view));

        var later = NOW.plusSeconds(60);
        var same = Statuses.compute(
                new Observation(pool, USABLE, deployment(1, 1, 1), List.of(), new Rollout.Done(), view), later);
        var broken = Statuses.compute(
                new Observation(
                        pool,
                        USABLE,
                        deployment(1, 1, 1),
                        List.of(),
                        new Rollout.Refused("TemplateInvalid", "m"),
                        view),
                later);

        assertThat(Statuses.isSame(pool.getStatus(), same)).isTrue();
        assertThat(condition(broken, Conditions.READY).getLastTransitionTime()).isEqualTo(later.toString());
        assertThat(condition(broken, Conditions.BROKER_REACHABLE).getLastTransitionTime())
                .isEqualTo(NOW.toString());
    }

    @Test
    void a_new_operator_does_not_forget_the_last_decision() {
        pool.setStatus(compute(
                USABLE,
                deployment(1, 1, 1),
                List.of(),
                Optional.of(view(seen("orders", "mails"), Verdict.Bound.NONE))));

        var status = compute(USABLE, deployment(1, 1, 1), List.of(), Optional.empty());

        assertThat(status.scaling())
                .isEqualTo(Optional.ofNullable(pool.getStatus())
                        .map(TaskWorkerPoolStatus::scaling)
                        .orElseThrow());
    }

    private TaskWorkerPoolStatus compute(
            SecretReading secret, Optional<Deployment> deployment, List<Pod> pods, Optional<PoolView> view) {
        return Statuses.compute(new Observation(pool, secret, deployment, pods, new Rollout.Done(), view), NOW);
    }

    private static PoolView view(Probe probe, Verdict.Bound bound) {
        var missing = probe instanceof Probe.Seen seen && !seen.queues().containsKey("mails")
                ? Set.of("mails")
                : Set.<String>of();
        return new PoolView(probe, missing, Map.of(), new Verdict(3, "DrainTime", "because", bound), Optional.of(NOW));
    }

    private static Probe seen(String... queues) {
        var readings = new HashMap<String, QueueReading>();
        for (var queue : queues) {
            readings.put(
                    queue,
                    new QueueReading(
                            queue,
                            OptionalLong.of(5),
                            OptionalLong.of(2),
                            OptionalLong.of(1),
                            OptionalLong.empty(),
                            OptionalLong.empty()));
        }
        return new Probe.Seen(readings, Duration.ofMillis(5), NOW);
    }

    private static Optional<Deployment> deployment(int wanted, int replicas, int ready) {
        return Optional.of(Pools.YAML.unmarshal(
                "kind: Deployment\nspec: {replicas: %d}\nstatus: {replicas: %d, readyReplicas: %d}"
                        .formatted(wanted, replicas, ready),
                Deployment.class));
    }

    private static Condition condition(TaskWorkerPoolStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> reasons(TaskWorkerPoolStatus status) {
        return status.conditions().stream().collect(Collectors.toMap(Condition::getType, Condition::getReason));
    }
}
