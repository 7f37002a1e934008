package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Terms.QueueTerms;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.watch.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolScalingTest extends PoolScalingScene {

    @Test
    void writesWhatTheBacklogNeedsAndShowsIt() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(0, 1)));

        assertThat(scaling.step(seen(25), Map.of())).isTrue();

        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");
        assertThat(scaling.view()).hasValueSatisfying(view -> {
            assertThat(view.decision().replicas()).isEqualTo(3);
            assertThat(view.changes())
                    .singleElement()
                    .isEqualTo(new Change(
                            NOW, 0, 3, Reason.BacklogPerReplica, view.decision().message()));
            assertThat(view.backlog(List.of("orders"))).isEqualTo(25);
        });
        assertThat(metrics.lines())
                .containsExactly("shop decided BacklogPerReplica", "shop changed by 3 BacklogPerReplica");
    }

    @Test
    void anOperatorThatStartsAgainAssumesNothingThatTheStatusKnows() {
        var pool = Pools.pool("queues: [{name: orders}, {name: mails}]");
        pool.setStatus(Pools.YAML.unmarshal("""
            replicas: 0
            readyReplicas: 0
            selector: ""
            queues: []
            conditions: []
            scaling:
              {desiredReplicas: 0, reason: Idle, message: "", terms: {
                need: 0, startupSeconds: 12.5, drainSeconds: 47.5, busySlots: 0, queues: [
                  {name: orders, busySeconds: 0.25, arrivalSlots: 0, backlogSlots: 0, runningSlots: 0},
                  {name: mails, arrivalSlots: 0, backlogSlots: 0, runningSlots: 0}]}}
            """, TaskWorkerPoolStatus.class));
        var scaling = new PoolScaling(
                pool, workloads, calls, writer, plan(), Learned.of(pool, NOW).state(), metrics, Duration.ofSeconds(5));

        scaling.step(
                Probes.seen(Map.of("orders", sample("orders", 1_000), "mails", sample("mails", 10)), NOW), Map.of());

        var terms = scaling.view().orElseThrow().decision().terms();
        assertThat(terms.startupSeconds()).isEqualTo(12.5);
        assertThat(terms.queues()).extracting(QueueTerms::busySeconds).containsExactly(0.25, 1.0);
        assertThat(terms.queues()).extracting(QueueTerms::learned).containsExactly(true, false);
    }

    @Test
    void writesNothingWhenTheSizeIsRight() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        scaling.step(seen(25), Map.of());

        assertThat(journal.lines()).isEmpty();
        assertThat(scaling.view())
                .hasValueSatisfying(view -> assertThat(view.changes()).isEmpty());
    }

    @Test
    void neverWritesWhenItOnlyRecommends() {
        var scaling = scaling("Recommend");
        workloads.show(deployments.put(Pools.deployment(0, 1)));

        scaling.step(seen(25), Map.of());

        assertThat(journal.lines()).isEmpty();
        assertThat(scaling.view())
                .hasValueSatisfying(
                        view -> assertThat(view.decision().replicas()).isEqualTo(3));
    }

    @Test
    void neverWritesWhenOffAndNobodySetANumber() {
        var scaling = scaling("\"Off\"");
        workloads.show(deployments.put(Pools.deployment(2, 1)));

        scaling.step(seen(1_000), Map.of());

        assertThat(journal.lines()).isEmpty();
        assertThat(scaling.view())
                .hasValueSatisfying(view -> assertThat(view.decision().reason()).isEqualTo(Reason.Off));
    }

    @Test
    void passesOnTheNumberThatSomebodySetWhenOff() {
        var scaling = scaling("\"Off\"");
        scaling.specIs(Pools.pool("queues: [{name: orders}]\nreplicas: 5\nscaling: {mode: \"Off\"}"));
        workloads.show(deployments.put(Pools.deployment(2, 1)));

        scaling.step(new Probe.Blind("BrokerUnreachable", "down", NOW), Map.of());

        assertThat(journal.lines()).containsExactly("scale shop to 5", "event ScaledUp");
    }

    @Test
    void leavesADeletedPoolAlone() {
        var scaling = scaling("Auto");
        scaling.specIs(Pools.deleted(pool("Auto"), NOW));
        workloads.show(deployments.put(Pools.deployment(2, 1)));

        scaling.step(seen(25), Map.of());

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void decidesWithoutADeploymentAndWritesNone() {
        var scaling = scaling("Auto");

        scaling.step(seen(25), Map.of());

        assertThat(journal.lines()).isEmpty();
        assertThat(scaling.view())
                .hasValueSatisfying(
                        view -> assertThat(view.decision().replicas()).isEqualTo(3));
    }

    @Test
    void doesNotWriteTwiceWhileTheCacheStillShowsTheSizeBefore() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        scaling.step(seen(25), Map.of());
        journal.clear();

        scaling.step(seen(25), Map.of());

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void believesTheCacheAgainOnceItIsNewer() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        scaling.step(seen(25), Map.of());
        journal.clear();

        workloads.show(deployments.put(Pools.deployment(1, 3)));
        scaling.step(seen(25), Map.of());

        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");
    }

    @Test
    void doesNotTakeANewDeploymentForTheOneItWrote() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        scaling.step(seen(25), Map.of());
        journal.clear();

        var anew = Pools.deployment(0, 1)
                .edit()
                .editMetadata()
                .withUid("d-2")
                .endMetadata()
                .build();
        workloads.show(deployments.put(anew));
        scaling.step(seen(25), Map.of());

        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");
    }

    @Test
    void tellsWhetherThereIsAnythingNewToShow() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        assertThat(scaling.step(seen(25), Map.of())).isTrue();
        assertThat(scaling.step(seen(25), Map.of())).isFalse();
        assertThat(scaling.step(seen(26), Map.of())).isTrue();
        assertThat(scaling.step(seen(26), Map.of("orders", "no"))).isTrue();
    }

    @Test
    void whatWasRefusedToAnOlderSpecIsForgotten() {
        var scaling = scaling("Auto");

        scaling.step(seen(25), Map.of("orders", "no", "mails", "no"));

        assertThat(scaling.view().orElseThrow().refused()).containsOnlyKeys("orders");
    }

    @Test
    void namesTheQueuesThatDoNotExistOnlyWhenTheBrokerAnswered() {
        var scaling = scaling("Auto");

        scaling.step(Probes.seen(Map.of(), NOW, "orders"), Map.of());
        assertThat(scaling.view())
                .hasValueSatisfying(view -> assertThat(view.missing()).containsExactly("orders"));

        scaling.step(new Probe.Blind("BrokerUnreachable", "down", NOW), Map.of());
        assertThat(scaling.view())
                .hasValueSatisfying(view -> assertThat(view.missing()).isEmpty());
    }

    @Test
    void showsWhatItSawAndWhatHindersItWhenAWriteIsRefused() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(0, 1)));
        deployments.failWith(new KubernetesClientException("at most 2", 403, null));

        assertThat(scaling.step(seen(25), Map.of())).isTrue();
        assertThat(scaling.step(seen(25), Map.of())).as("the same again").isFalse();
        assertThat(scaling.view()).hasValueSatisfying(view -> {
            assertThat(view.backlog(List.of("orders"))).isEqualTo(25);
            assertThat(view.decision().replicas()).isEqualTo(3);
            assertThat(view.changes()).isEmpty();
            assertThat(view.hindrance()).contains("3 pods in place of 0", "at most 2");
        });

        deployments.failWith(null);
        assertThat(scaling.step(seen(25), Map.of())).isTrue();
        assertThat(journal.lines()).containsExactly("scale shop to 3", "event ScaledUp");
        assertThat(scaling.view().orElseThrow().hindrance()).isNull();
    }

    @Test
    void asksLessAndLessForASizeOfWhichAPolicyMakesAnother() {
        deployments.capAt(5);
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(5, 1)));

        tick(scaling, 100, 0, 300);

        assertThat(journal.lines())
                .as("at 0, 30, 90 and 210 s, without a word")
                .hasSize(4)
                .allMatch("scale shop to 10"::equals);
        assertThat(scaling.view().orElseThrow().hindrance()).startsWith("Kubernetes made it 5 pods in place of 10: ");

        journal.clear();
        tick(scaling, 30, 300, 305);
        assertThat(journal.lines()).as("the other way at once").containsExactly("scale shop to 4", "event ScaledDown");
        assertThat(scaling.view().orElseThrow().hindrance()).isNull();

        deployments.capAt(100);
        tick(scaling, 100, 305, 310);
        assertThat(scaling.view().orElseThrow().hindrance()).isNull();
        assertThat(journal.lines()).endsWith("scale shop to 10", "event ScaledUp");
    }

    @Test
    void tellsWhoWritesOverItsSizeAndWritesLessAndLess() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        for (int second = 0; second < 300; second += 5) {
            tick(scaling, 100, second, second + 5);
            workloads.show(deployments.put(written("kube-controller-manager", 3)));
        }

        assertThat(journal.lines().stream().filter(line -> line.startsWith("scale")))
                .as("at 0, 5, 40, 105 and 230 s")
                .hasSize(5);
        assertThat(scaling.view().orElseThrow().hindrance())
                .startsWith(
                        "something else sets the size of the Deployment: of 10 pods it made 3 (kube-controller-manager);");
    }

    @Test
    void aHandThatScalesOnceIsNoOtherScaler() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        tick(scaling, 100, 0, 5);
        workloads.show(deployments.put(written("kubectl", 3)));

        tick(scaling, 100, 5, 200);

        assertThat(journal.lines())
                .containsExactly("scale shop to 10", "event ScaledUp", "scale shop to 10", "event ScaledUp");
        assertThat(scaling.view().orElseThrow().hindrance()).isNull();
    }

    /// Looks every 5 s at what Kubernetes keeps.
    private void tick(PoolScaling scaling, long ready, int from, int to) {
        for (int second = from; second < to; second += 5) {
            workloads.show(deployments.find("default", "shop").orElseThrow());
            scaling.step(seen(ready, NOW.plusSeconds(second)), Map.of());
        }
    }

    /// What is kept after somebody else set its size.
    private Deployment written(String manager, int replicas) {
        var kept = deployments.find("default", "shop").orElseThrow();
        return Pools.YAML.unmarshal(
                """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              {name: shop, namespace: default, uid: d-1, generation: %d, ownerReferences: [{uid: u-1}], managedFields: [
                {manager: jtask-scaler, fieldsV1: {"f:spec": {}}},
                {manager: %s, subresource: scale, fieldsV1: {"f:spec": {"f:replicas": {}}}}]}
            spec: {replicas: %d}
            """.formatted(
                        kept.getMetadata().getGeneration() + (kept.getSpec().getReplicas() == replicas ? 0 : 1),
                        manager,
                        replicas),
                Deployment.class);
    }

    @Test
    void keepsItsSizeWhilePausedByFieldOrAnnotation() {
        var scaling = scaling("Auto, paused: true");
        workloads.show(deployments.put(Pools.deployment(2, 1)));
        scaling.step(seen(1_000), Map.of());

        var marked = pool("Auto");
        marked.getMetadata().setAnnotations(Map.of("jtask.dev/paused", "true"));
        scaling.specIs(marked);
        scaling.step(seen(1_000), Map.of());

        assertThat(journal.lines()).isEmpty();
        assertThat(scaling.view())
                .hasValueSatisfying(view -> assertThat(view.decision().reason()).isEqualTo(Reason.Paused));

        scaling.specIs(pool("Auto"));
        scaling.step(seen(1_000), Map.of());
        assertThat(journal.lines()).containsExactly("scale shop to 10", "event ScaledUp");
    }

    @Test
    void writesNothingWhileReconciliationIsPaused() {
        var scaling = scaling("\"Off\"");
        var pool = Pools.pool("queues: [{name: orders}]\nreplicas: 5\nscaling: {mode: \"Off\"}");
        pool.getMetadata().setAnnotations(Map.of("jtask.dev/pause-reconciliation", "true"));
        scaling.specIs(pool);
        workloads.show(deployments.put(Pools.deployment(2, 1)));

        scaling.step(seen(1_000), Map.of());

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void wakesAnEmptyPoolOnlyAboveItsThreshold() {
        var scaling = scaling("Auto, activation: 30");
        workloads.show(deployments.put(Pools.deployment(0, 1)));

        scaling.step(seen(30), Map.of());
        assertThat(journal.lines()).isEmpty();

        scaling("Auto, activation: 30").step(seen(31), Map.of());
        assertThat(journal.lines()).containsExactly("scale shop to 4", "event ScaledUp");
    }

    @Test
    void anIdlePoolThatIsGivenALeastSizeGrowsByThat() {
        var scaling = scaling("Auto, activation: 30, minReplicas: 2");
        workloads.show(deployments.put(Pools.deployment(0, 1)));

        scaling.step(seen(0), Map.of());

        assertThat(metrics.lines()).containsExactly("shop decided MinReplicas", "shop changed by 2 MinReplicas");
    }

    @Test
    void remembersWhatItWouldHaveChangedWhereItOnlyRecommends() {
        var scaling = scaling("Recommend");
        workloads.show(deployments.put(Pools.deployment(1, 1)));

        scaling.step(seen(25), Map.of());
        scaling.step(seen(25), Map.of());
        scaling.step(seen(45, NOW.plusSeconds(5)), Map.of());

        assertThat(scaling.view())
                .hasValueSatisfying(view -> assertThat(view.changes())
                        .extracting(Change::from, Change::to)
                        .containsExactly(tuple(1, 3), tuple(3, 5)));
    }

    @Test
    void keepsTheLastTwentyChanges() {
        List<Change> changes = List.of();
        for (int i = 0; i < 25; i++) {
            changes = Change.with(changes, new Change(NOW, i, i + 1, Reason.Idle, ""));
        }

        assertThat(changes).hasSize(20).first().extracting(Change::from).isEqualTo(5);
    }
}
