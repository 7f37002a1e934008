package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.ScalingStatus;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.cluster.EventSources;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.workload.Labels;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A pool from its first apply to its end, with a broker that answers.
@QuarkusTest
@WithTestResource(Systems.class)
class OperatorIT {

    private static final String DECLARED = """
        queues: [{name: NAME, declare: {type: quorum, deadLetter: true}}]
        concurrency: 2
        scaling: {maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
        drainTimeout: 30s
        """;

    /// Much longer than it takes, for a busy machine.
    private static final Duration AT_ONCE = Duration.ofSeconds(45);

    @SuppressWarnings("NullAway.Init") // by Systems
    World world;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    QuarkusConfigurationService sdk;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    Operator operator;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    EventSources sources;

    @Test
    void aNewPoolGetsItsQueuesAndADeploymentWithoutReplicas() {
        world.pool("fresh", DECLARED);

        world.awaitCondition("fresh", Conditions.READY, "ScaledToZero");
        world.awaitCondition("fresh", Conditions.QUEUES_READY, "AllExist");
        assertThat(world.condition("fresh", Conditions.BROKER_REACHABLE)).get().returns("True", c -> c.getStatus());
        assertThat(world.broker().view().exists("fresh")).isTrue();
        assertThat(world.broker().view().exists("fresh.dead")).isTrue();
        assertThat(world.replicas("fresh")).isZero();
        world.awaitEvents("fresh", "QueueDeclared");
        var pod =
                world.deployment("fresh").orElseThrow().getSpec().getTemplate().getSpec();
        assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(40);
        assertThat(pod.getContainers().getFirst().getEnv())
                .anyMatch(env -> env.getName().equals("JTASK_BROKER_URI")
                        && env.getValueFrom().getSecretKeyRef().getName().equals("fresh"));
    }

    @Test
    void theBacklogDecidesTheReplicasAndTheStatusSaysWhy() {
        world.pool("busy", DECLARED);
        await().atMost(World.PATIENCE).until(() -> world.broker().view().exists("busy"));

        world.send("busy", 25);

        await().atMost(World.PATIENCE).until(() -> world.replicas("busy") == 3);
        await().atMost(World.PATIENCE)
                .until(
                        () -> world.status("busy"),
                        World.is(status -> status.backlog() != null
                                && status.backlog() == 25
                                && status.scaling() != null
                                && status.scaling().lastScaleTime() != null));
        var scaling = world.status("busy").map(TaskWorkerPoolStatus::scaling).orElseThrow();
        assertThat(scaling.desiredReplicas()).isEqualTo(3);
        assertThat(scaling.reason()).isEqualTo("BacklogPerReplica");
        assertThat(scaling.message()).contains("25");
        world.awaitEvents("busy", "ScaledUp");

        world.send("busy", 100);
        world.awaitCondition("busy", Conditions.SCALING_LIMITED, "TooManyNeeded");
        await().atMost(World.PATIENCE).until(() -> world.replicas("busy") == 4);

        world.purge("busy");
        await().atMost(World.PATIENCE).until(() -> world.replicas("busy") == 0);
        world.awaitEvents("busy", "ScaledDown");
    }

    @Test
    void aPoolWithNothingToDoIsNotWrittenTo() {
        world.pool("quiet", DECLARED);
        world.awaitCondition("quiet", Conditions.QUEUES_READY, "AllExist");
        world.awaitCondition("quiet", Conditions.READY, "ScaledToZero");
        // the broker's first figures come a moment after the queue
        await().atMost(World.PATIENCE)
                .until(
                        () -> world.status("quiet"),
                        World.is(status -> Objects.equals(status.backlog(), 0L)
                                && status.scaling() != null
                                && status.scaling().reason().equals("Idle")));
        var looks = probes();
        await().atMost(World.PATIENCE).until(() -> probes() >= looks + 3);
        var before = writes("quiet");

        await().atMost(World.PATIENCE).until(() -> probes() >= looks + 13);

        assertThat(writes("quiet")).isEqualTo(before);
    }

    @Test
    void whatSomebodyChangesInTheDeploymentIsPutRight() {
        world.pool("drifted", DECLARED);
        world.awaitCondition("drifted", Conditions.READY, "ScaledToZero");

        world.kubernetes()
                .apps()
                .deployments()
                .inNamespace("default")
                .withName("drifted")
                .edit(found -> found.edit()
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage("somebody/elses:2")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());

        await().atMost(World.PATIENCE)
                .until(() -> world.deployment("drifted")
                        .orElseThrow()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage()
                        .equals("registry.test/worker:1.0"));
    }

    @Test
    void withScalingOffPeopleDecide() {
        world.pool("manual", DECLARED.replace("maxReplicas: 4", "mode: Off, maxReplicas: 4") + "replicas: 2\n");

        await().atMost(World.PATIENCE).until(() -> world.replicas("manual") == 2);
        world.awaitCondition("manual", Conditions.SCALING_ACTIVE, "Off");

        world.kubernetes()
                .resources(TaskWorkerPool.class)
                .inNamespace("default")
                .withName("manual")
                .scale(3);
        await().atMost(World.PATIENCE).until(() -> world.replicas("manual") == 3);
    }

    @Test
    void aPauseByAnnotationHoldsAtOnce() {
        world.pool("halted", DECLARED);
        world.awaitCondition("halted", Conditions.QUEUES_READY, "AllExist");
        world.awaitCondition("halted", Conditions.READY, "ScaledToZero");

        world.annotate("halted", "jtask.dev/paused", "true");
        await().atMost(AT_ONCE).until(() -> reason("halted").equals("Paused"));

        world.send("halted", 25);
        var looks = probes();
        await().atMost(World.PATIENCE).until(() -> probes() >= looks + 3);
        assertThat(world.replicas("halted")).isZero();

        world.annotate("halted", "jtask.dev/paused", "false");
        await().atMost(AT_ONCE).until(() -> world.replicas("halted") == 3);
    }

    private String reason(String pool) {
        return world.status(pool)
                .map(TaskWorkerPoolStatus::scaling)
                .map(ScalingStatus::reason)
                .orElse("");
    }

    @Test
    void recommendingShowsTheDecisionAndLeavesTheDeploymentAlone() {
        world.pool("advised", DECLARED.replace("maxReplicas: 4", "mode: Recommend, maxReplicas: 4"));
        await().atMost(World.PATIENCE).until(() -> world.broker().view().exists("advised"));
        world.send("advised", 25);

        await().atMost(World.PATIENCE)
                .until(
                        () -> world.status("advised"),
                        World.is(status ->
                                status.scaling() != null && status.scaling().desiredReplicas() == 3));
        assertThat(world.replicas("advised")).isZero();
        assertThat(world.condition("advised", Conditions.SCALING_ACTIVE))
                .get()
                .returns("RecommendOnly", c -> c.getReason());
    }

    @Test
    void aDeletedPoolTakesItsDeploymentAndLeavesItsQueue() {
        world.pool("leaving", DECLARED);
        world.awaitCondition("leaving", Conditions.QUEUES_READY, "AllExist");

        world.delete("leaving");

        await().atMost(World.PATIENCE).until(() -> world.deployment("leaving").isEmpty());
        assertThat(world.broker().view().exists("leaving")).isTrue();
    }

    /// As `kubectl replace --force` does: the second is created while the end of the first is still being told.
    @Test
    void aPoolPutInPlaceOfItsNamesakeIsServed() {
        for (int i = 0; i < 40; i++) {
            var uid = world.pool("replaced", DECLARED).getMetadata().getUid();
            await("pool %d in this place".formatted(i))
                    .atMost(AT_ONCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> world.deployment("replaced").stream()
                            .flatMap(found -> found.getMetadata().getOwnerReferences().stream())
                            .anyMatch(owner -> owner.getUid().equals(uid)));
            world.delete("replaced");
        }
    }

    @Test
    void anEmptyQueueGoesWithItsPoolWhenAskedForAndAFullOneStays() {
        world.pool("parting", """
            queues:
              - {name: NAME-empty, declare: {type: classic}, deletionPolicy: Delete}
              - {name: NAME-full, declare: {type: classic}, deletionPolicy: Delete}
              - {name: NAME-quorum, declare: {}, deletionPolicy: Delete}
            """);
        world.awaitCondition("parting", Conditions.QUEUES_READY, "AllExist");
        world.send("parting-full", 3);

        world.delete("parting");

        await().atMost(World.PATIENCE).until(() -> world.status("parting").isEmpty());
        assertThat(world.broker().view().exists("parting-empty")).isFalse();
        // the broker's figures come later than what they count
        await().atMost(World.PATIENCE).until(() -> world.broker().view().messages("parting-full") == 3);
        assertThat(world.broker().view().exists("parting-quorum")).isTrue();
        world.awaitEvents("parting", "QueueDeleted", "QueueKept");
    }

    /// As people take a crashing pod out of its pool to look at it: others may work by then.
    @Test
    void aPodThatWasTakenOutByItsLabelsIsThePoolsNoMore() {
        var pool = world.pool("quarantined", DECLARED);
        world.awaitCondition("quarantined", Conditions.READY, "ScaledToZero");
        var pods = world.kubernetes().pods().inNamespace("default");
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("quarantined-1")
                .withNamespace("default")
                .withLabels(Labels.all(pool))
                .endMetadata()
                .build();
        pods.resource(pod).create();
        pods.resource(pod.edit()
                        .withNewStatus()
                        .addNewContainerStatus()
                        .withName("worker")
                        .withNewState()
                        .withNewWaiting("", "CrashLoopBackOff")
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build())
                .updateStatus();
        world.awaitCondition("quarantined", Conditions.READY, "PodsFailing");

        pods.withName("quarantined-1").edit(found -> {
            found.getMetadata().getLabels().put(Labels.INSTANCE, "debug");
            return found;
        });

        world.awaitCondition("quarantined", Conditions.READY, "ScaledToZero");
    }

    @Test
    void itIsReadyAsItReadsWhatItWatches() {
        await().atMost(World.PATIENCE)
                .untilAsserted(() -> assertThat(Metrics.read("/q/health/ready"))
                        .contains("Pools are heard of", "all read")
                        .doesNotContain("cannot be read", "Quarkus Operator SDK"));
    }

    @Test
    void itIsAliveAsItsLoopGoesOn() {
        assertThat(Metrics.read("/q/health/live")).contains("The loop goes on").doesNotContain("DOWN");
    }

    @Test
    void theEndOfAnInformerIsHeardOf() {
        assertThat(sdk.getInformerStoppedHandler()).containsInstanceOf(InformerEnds.class);
    }

    /// As `kubectl delete twp --cascade=orphan` leaves it.
    @Test
    void aDeploymentThatStayedWhenItsPoolWentHasNoneOfTheBudget() {
        var orphan = new DeploymentBuilder()
                .withNewMetadata()
                .withName("orphan")
                .withNamespace("default")
                .withLabels(Labels.all(Pools.named("orphan", Pools.pool("queues: [{name: orders}]"))))
                .endMetadata()
                .withNewSpec()
                .withReplicas(7)
                .withNewSelector()
                .addToMatchLabels("app", "orphan")
                .endSelector()
                .endSpec()
                .build();
        world.kubernetes().resource(orphan).create();
        world.pool("budgeted", DECLARED);

        await("the later of the two is seen")
                .atMost(World.PATIENCE)
                .until(() -> sources.sizes().containsKey("default/budgeted"));
        assertThat(sources.sizes()).doesNotContainKey("default/orphan");
    }

    /// The SDK has fifty for all pools, which as many hold whose Deployments wait for a webhook.
    @Test
    void aReconcileHasAThreadOfItsOwn() throws Exception {
        var threads = operator.getRegisteredController("taskworkerpool")
                .orElseThrow()
                .getConfiguration()
                .getConfigurationService()
                .getExecutorServiceManager()
                .reconcileExecutorService();

        assertThat(threads.submit(() -> Thread.currentThread().isVirtual()).get(60, TimeUnit.SECONDS))
                .isTrue();
    }

    /// Through JSON it is a fifth of what a thousand quiet pools cost.
    @Test
    void aReconcileCopiesNoSpec() {
        var pool = Pools.pool("queues: [{name: copied}]");
        var cloner = operator.getRegisteredController("taskworkerpool")
                .orElseThrow()
                .getConfiguration()
                .getConfigurationService()
                .getResourceCloner();

        assertThat(cloner.clone(pool).getSpec()).isSameAs(pool.getSpec());
    }

    private long writes(String pool) {
        return world.api().requests().stream()
                .filter(request ->
                        !request.method().equals("GET") && request.path().contains(pool))
                .count();
    }

    private double probes() {
        return Metrics.read()
                .lines()
                .filter(line -> line.startsWith("jtask_broker_probe_seconds_count") && line.contains("outcome=\"ok\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
