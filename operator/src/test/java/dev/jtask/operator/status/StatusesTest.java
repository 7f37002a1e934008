package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Terms;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.QueueStatus;
import dev.jtask.crds.v1alpha1.ScalingChange;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.scaling.Change;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusesTest extends StatusesScene {

    @Test
    void aPoolThatWorksSaysSoWithFigures() {
        var status = compute(USABLE, deployment(3, 3, 2), List.of(), view(seen("orders", "mails"), Reason.DrainTime));

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
    void aMissingQueueLeavesTheBacklogUnknown() {
        var status = compute(USABLE, deployment(1, 1, 1), List.of(), view(seen("orders"), Reason.DrainTime));

        assertThat(status.backlog()).isNull();
        assertThat(condition(status, Conditions.QUEUES_READY).getMessage())
                .isEqualTo("queue mails does not exist; create it, or add declare: {} to its entry in spec.queues");
        assertThat(condition(status, Conditions.READY).getReason()).isEqualTo("QueueMissing");
    }

    @Test
    void aQueueThatWasNotAskedForYetIsNeitherThereNorMissing() {
        var view = new PoolView(
                Probes.seen(Map.of("orders", new QueueSample("orders", 5L, 2L, 1L, null, null)), NOW),
                Set.of(),
                Map.of(),
                new Decision(3, 3, Reason.Blind, Basis.NOTHING, "because", Terms.NONE, false, null, PoolState.EMPTY),
                List.of(),
                null,
                null);

        var status = compute(USABLE, deployment(3, 3, 3), List.of(), view);

        assertThat(condition(status, Conditions.QUEUES_READY))
                .returns("Unknown", Condition::getStatus)
                .returns("BrokerNotSeen", Condition::getReason)
                .returns("the broker has not been asked for queue mails yet", Condition::getMessage);
        assertThat(condition(status, Conditions.READY).getStatus()).isEqualTo("True");
    }

    @Test
    void theSecretComesBeforeWhatFollowsFromIt() {
        var status = compute(new SecretReading.Missing("no Secret"), null, List.of(), null);

        assertThat(reasons(status))
                .containsEntry("Ready", "SecretMissing")
                .containsEntry("BrokerReachable", "SecretMissing")
                .containsEntry("QueuesReady", "BrokerNotSeen")
                .containsEntry("ScalingActive", "NotDecidedYet");
    }

    @Test
    void podsThatDoNotRunAreToldInTheKubeletsWords() {
        var pod = Pools.YAML.unmarshal("""
                kind: Pod
                metadata: {name: p}
                status:
                  containerStatuses:
                  - name: worker
                    state: {waiting: {reason: ImagePullBackOff, message: "no such image"}}
                """, Pod.class);
        var status =
                compute(USABLE, deployment(1, 1, 0), List.of(pod), view(seen("orders", "mails"), Reason.DrainTime));

        assertThat(condition(status, Conditions.READY))
                .returns("PodsFailing", Condition::getReason)
                .returns("1 of 1 pods: ImagePullBackOff: no such image", Condition::getMessage);
    }

    @Test
    void podsThatCannotEvenBeCreatedAreToldInTheWordsOfKubernetes() {
        var view = view(seen("orders", "mails"), Reason.DrainTime);
        var quota = "pods \"shop-5d9-x\" is forbidden: exceeded quota: few, used: pods=1, limited: pods=1";

        assertThat(condition(compute(USABLE, refused(5, 0, quota), List.of(), view), Conditions.READY))
                .returns("False", Condition::getStatus)
                .returns("PodsRefused", Condition::getReason)
                .returns(
                        "Kubernetes refuses the pods; satisfy the quota or policy that is named, or correct spec.template: "
                                + quota,
                        Condition::getMessage);
        assertThat(condition(compute(USABLE, refused(5, 1, quota), List.of(), view), Conditions.READY))
                .returns("True", Condition::getStatus)
                .returns("Working", Condition::getReason)
                .returns("pods take tasks; Kubernetes refuses others: " + quota, Condition::getMessage);
        assertThat(reasons(compute(USABLE, refused(0, 0, quota), List.of(), view)))
                .as("none is wanted")
                .containsEntry("Ready", "ScaledToZero");
    }

    private static Deployment refused(int wanted, int ready, String words) {
        return deployment(wanted, ready, ready)
                .edit()
                .editStatus()
                .addNewCondition()
                .withType("Available")
                .withStatus("False")
                .endCondition()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withReason("FailedCreate")
                .withMessage(words)
                .endCondition()
                .endStatus()
                .build();
    }

    @Test
    void whatKubernetesRefusesWhileScalingIsTroubleOfThePool() {
        var seen = view(seen("orders", "mails"), Reason.DrainTime);
        var hindered = new PoolView(
                seen.probe(),
                seen.missing(),
                seen.refused(),
                seen.decision(),
                seen.changes(),
                seen.nextWindow(),
                "Kubernetes refuses the Deployment 30 pods in place of 20; satisfy the policy that is named: at most 20");

        var ready = condition(compute(USABLE, deployment(20, 20, 20), List.of(), hindered), Conditions.READY);

        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo("ScalingRefused");
        assertThat(ready.getMessage()).contains("30 pods in place of 20", "at most 20");
    }

    @Test
    void theCeilingSaysHowToRaiseIt() {
        var status = compute(USABLE, deployment(1, 1, 1), List.of(), view(seen("orders", "mails"), Reason.MaxReplicas));

        assertThat(condition(status, Conditions.SCALING_LIMITED))
                .returns("True", Condition::getStatus)
                .returns("TooManyNeeded", Condition::getReason);
        assertThat(condition(status, Conditions.SCALING_LIMITED).getMessage())
                .contains("raise scaling.maxReplicas above");
    }

    @Test
    void aConditionKeepsItsTimeUntilItsStatusChanges() {
        var view = view(seen("orders", "mails"), Reason.DrainTime);
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
                        new Rollout.Rejected("TemplateInvalid", "m"),
                        view),
                later);

        assertThat(Statuses.isSame(pool.getStatus(), same)).isTrue();
        assertThat(condition(broken, Conditions.READY).getLastTransitionTime()).isEqualTo(later.toString());
        assertThat(condition(broken, Conditions.BROKER_REACHABLE).getLastTransitionTime())
                .isEqualTo(NOW.toString());
    }

    @Test
    void aNewOperatorDoesNotForgetTheLastDecision() {
        pool.setStatus(
                compute(USABLE, deployment(1, 1, 1), List.of(), view(seen("orders", "mails"), Reason.DrainTime)));

        var status = compute(USABLE, deployment(1, 1, 1), List.of(), null);

        assertThat(status.scaling())
                .isEqualTo(Optional.ofNullable(pool.getStatus())
                        .map(TaskWorkerPoolStatus::scaling)
                        .orElseThrow());
    }

    @Test
    void aRestartedOperatorHasNoNewsBeforeItsFirstLook() {
        pool.setStatus(
                compute(USABLE, deployment(1, 1, 1), List.of(), view(seen("orders", "mails"), Reason.MaxReplicas)));

        var status = compute(USABLE, deployment(1, 1, 1), List.of(), null);

        assertThat(status).isEqualTo(pool.getStatus());
    }

    @Test
    void onePodOfManyThatWaitsForANodeIsHowAClusterGrows() {
        var waiting = Pools.YAML.unmarshal("""
                kind: Pod
                metadata: {name: p}
                status: {conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "0/3 nodes"}]}
                """, Pod.class);
        var view = view(seen("orders", "mails"), Reason.DrainTime);

        assertThat(reasons(compute(USABLE, deployment(4, 4, 3), List.of(waiting), view)))
                .containsEntry("Ready", "Working");
        assertThat(condition(compute(USABLE, deployment(4, 4, 0), List.of(waiting), view), Conditions.READY)
                        .getMessage())
                .contains("Unschedulable: 0/3 nodes");
    }

    @Test
    void readyPodsThatNobodyHearsOfAtTheBrokerDoNotWork() {
        var consumers = view(seen("orders", "mails"), Reason.DrainTime);
        var none = view(
                Probes.seen(
                        Map.of(
                                "orders", new QueueSample("orders", 5L, 0L, 0L, null, null),
                                "mails", new QueueSample("mails", 5L, 0L, 1L, null, null)),
                        NOW),
                Reason.DrainTime);
        var ready = Pods.ready("p", Duration.ofDays(-1));

        assertThat(reasons(compute(USABLE, deployment(1, 1, 1), List.of(ready), consumers)))
                .containsEntry("Ready", "Working");
        assertThat(condition(compute(USABLE, deployment(1, 1, 1), List.of(ready), none), Conditions.READY))
                .returns("NotConsuming", Condition::getReason)
                .returns(
                        "pods are ready and none consumes from queue orders; kubectl logs of a pod says why",
                        Condition::getMessage);
        assertThat(reasons(
                        compute(USABLE, deployment(1, 1, 1), List.of(Pods.ready("p", Duration.ofSeconds(-5))), none)))
                .as("figures may be older than the pod")
                .containsEntry("Ready", "Working");
    }

    @Test
    void figuresAreNoNewsAndEverySizeAndConditionIs() {
        var before = compute(USABLE, deployment(3, 3, 2), List.of(), view(seen("orders", "mails"), Reason.DrainTime));
        var figures = compute(
                USABLE,
                deployment(3, 3, 2),
                List.of(),
                view(
                        Probes.seen(
                                Map.of(
                                        "orders", new QueueSample("orders", 900L, 2L, 1L, null, null),
                                        "mails", new QueueSample("mails", 5L, 2L, 1L, null, null)),
                                NOW),
                        Reason.DrainTime));

        assertThat(Statuses.isSame(before, figures)).isFalse();
        assertThat(Statuses.isNews(before, figures)).isFalse();
        var enough =
                compute(USABLE, deployment(3, 3, 2), List.of(), view(seen("orders", "mails"), Reason.WithinTolerance));
        assertThat(Statuses.isSame(before, enough)).isFalse();
        assertThat(Statuses.isNews(before, enough))
                .as("why a size is right that stays")
                .isFalse();
        for (var limit : List.of(Reason.MaxReplicas, Reason.MinReplicas, Reason.Failing, Reason.Blind)) {
            var limited = compute(USABLE, deployment(3, 3, 2), List.of(), view(seen("orders", "mails"), limit));
            assertThat(Statuses.isNews(before, limited)).as("%s", limit).isTrue();
        }
        assertThat(Statuses.isNews(
                        before,
                        compute(USABLE, deployment(3, 3, 2), List.of(), view(seen("orders"), Reason.DrainTime))))
                .isTrue();
        assertThat(Statuses.isNews(null, before)).isTrue();
    }

    @Test
    void aWindowThatCannotBeReadIsTroubleOfThePoolAndNamesTheFix() {
        pool.setSpec(Pools.pool("""
            queues: [{name: orders}, {name: mails}]
            scaling: {windows: [{start: 0 8 * * *, duration: 1h, timeZone: Berlin, minReplicas: 1}]}
            """).getSpec());

        var ready = condition(
                compute(USABLE, deployment(3, 3, 3), List.of(), view(seen("orders", "mails"), Reason.DrainTime)),
                Conditions.READY);

        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo("WindowInvalid");
        assertThat(ready.getMessage())
                .isEqualTo(
                        "scaling.windows[0]: timeZone 'Berlin' is none that is known; write it as Europe/Berlin or UTC;"
                                + " until it is corrected the pool is sized without it");
    }

    @Test
    void theChangesOfTheOperatorBeforeAreKeptAndTheOldestLetGo() {
        var first = compute(USABLE, deployment(3, 3, 3), List.of(), view(seen("orders", "mails"), Reason.DrainTime));
        pool.setStatus(first);
        var again = compute(USABLE, deployment(3, 3, 3), List.of(), view(seen("orders", "mails"), Reason.DrainTime));

        var scaling = Objects.requireNonNull(again.scaling());
        assertThat(scaling.history())
                .as("the same change is told once")
                .containsExactly(new ScalingChange("2026-01-01T00:00:00Z", 2, 3, "DrainTime", "because"));
        assertThat(scaling.nextWindow()).isEqualTo("2026-01-01T01:00:00Z");

        var later = IntStream.range(1, 21)
                .mapToObj(i -> new Change(NOW.plusSeconds(i), i, i + 1, Reason.Idle, "x".repeat(600)))
                .toList();
        assertThat(Changes.of(scaling.history(), later)).hasSize(20).first().satisfies(change -> {
            assertThat(change.from()).isEqualTo(1);
            assertThat(change.message()).hasSize(500);
        });
    }

    @Test
    void aPauseOfReconciliationIsNeitherReadyNorTroubleAndNamesItsEnd() {
        var status = Statuses.compute(
                new Observation(
                        pool,
                        USABLE,
                        deployment(3, 3, 3),
                        List.of(),
                        new Rollout.Paused(),
                        view(seen("orders", "mails"), Reason.Paused)),
                NOW);

        var ready = condition(status, Conditions.READY);
        assertThat(ready.getStatus()).isEqualTo("Unknown");
        assertThat(ready.getReason()).isEqualTo("ReconciliationPaused");
        assertThat(ready.getMessage()).endsWith("remove it to go on");
    }

    @Test
    void aWindowThatDecidesIsALimit() {
        var status = compute(USABLE, deployment(3, 3, 3), List.of(), view(seen("orders", "mails"), Reason.WindowFloor));

        assertThat(reasons(status)).containsEntry(Conditions.SCALING_LIMITED, "WindowFloor");
    }

    @Test
    void aPoolThatIsSizedByACountSaysSoAndWhy() {
        var counted = Probes.counted(
                Map.of(
                        "orders",
                        QueueSample.unknown("orders").counting(5),
                        "mails",
                        QueueSample.unknown("mails").counting(2)),
                NOW);

        var status = compute(USABLE, deployment(3, 3, 3), List.of(), view(counted, Reason.CountOnly));

        assertThat(reasons(status))
                .containsEntry(Conditions.BROKER_REACHABLE, "BrokerUnreachable")
                .containsEntry(Conditions.QUEUES_READY, "AllExist")
                .containsEntry(Conditions.SCALING_ACTIVE, "CountOnly")
                .containsEntry(Conditions.SCALING_LIMITED, "WithinRange");
        assertThat(condition(status, Conditions.BROKER_REACHABLE).getMessage())
                .isEqualTo("no answer; what waits is counted by AMQP meanwhile");
        assertThat(status.backlog()).as("what runs is not known").isNull();
        assertThat(status.queues()).first().returns(5L, QueueStatus::ready);
    }
}
