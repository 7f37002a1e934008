package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Terms;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeReports;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.RecordingAnnotator;
import dev.jtask.operator.fake.RecordingEvents;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.victim.Victims;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicaWriterTest {

    private final Journal journal = new Journal();
    private final FakeDeployments deployments = new FakeDeployments(journal);
    private final FakeReports busy = new FakeReports();
    private final RecordingAnnotator annotator = new RecordingAnnotator(journal);
    private final RecordingEvents events = new RecordingEvents(journal);
    private final ReplicaWriter writer =
            new ReplicaWriter(deployments, new Victims(new RollCall(busy), annotator), events);

    private final TaskWorkerPool pool = Pools.pool("queues: [{name: orders}]");
    private final List<Pod> pods = List.of(Pods.ready("busy"), Pods.ready("idle"));

    @Test
    void marksIdlePodsBeforeItTakesReplicasAway() {
        busy.runs("busy", 3).runs("idle", 0);

        var written = writer.write(pool, Pools.deployment(2, 1), pods, decision(1));

        assertThat(journal.lines()).containsExactly("mark idle -1", "scale shop to 1", "event ScaledDown");
        assertThat(written.deployment().getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    void takesOnlyPodsAwayThatRunNothingWhenADrainCouldCutTasksOff() {
        busy.runs("busy", 3).runs("idle", 0);

        var written = writer.write(pool, Pools.deployment(2, 1), pods, sparing(0));

        assertThat(written.deployment().getSpec().getReplicas()).isEqualTo(1);
        assertThat(written.hindrance()).isNull();
        assertThat(journal.lines()).containsExactly("mark idle -1", "scale shop to 1", "event ScaledDown");
    }

    @Test
    void marksThePodsThatAreThereWhereOthersWereNeverCreated() {
        busy.runs("busy", 3).runs("idle", 0);

        writer.write(pool, Pools.deployment(10, 1), pods, decision(1));

        assertThat(journal.lines()).containsExactly("mark idle -1", "scale shop to 1", "event ScaledDown");
    }

    @Test
    void podsThatKubernetesRefusesToCreateHoldNoSize() {
        var ten = allBusy(10);

        writer.write(pool, refused(50, 10, 1), ten, sparing(12));
        writer.write(pool, refused(50, 10, 1), ten, sparing(3));

        assertThat(journal.lines())
                .containsExactly("scale shop to 12", "event ScaledDown", "scale shop to 10", "event ScaledDown");
    }

    @Test
    void podsThatMayExistHoldTheirSizeThoughTheCacheDoesNotShowThemYet() {
        var ten = allBusy(10);

        writer.write(pool, Pools.deployment(50, 1), ten, sparing(12));
        writer.write(pool, refused(50, 10, 0), ten, sparing(12));
        assertThat(journal.lines()).as("nobody said that this size is refused").isEmpty();

        writer.write(pool, refused(50, 40, 1), ten, sparing(12));
        assertThat(journal.lines()).containsExactly("scale shop to 40", "event ScaledDown");
    }

    private List<Pod> allBusy(int number) {
        var all = IntStream.range(0, number).mapToObj(i -> Pods.ready("p" + i)).toList();
        all.forEach(pod -> busy.runs(pod.getMetadata().getName(), 1));
        return all;
    }

    /// Of the generation 1.
    private static Deployment refused(int wanted, int exist, long observed) {
        return Pools.deployment(wanted, 1)
                .edit()
                .withNewStatus()
                .withObservedGeneration(observed)
                .withReplicas(exist)
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withReason("FailedCreate")
                .endCondition()
                .endStatus()
                .build();
    }

    @Test
    void ofPodsThatAreOnTheirWayOutTheIdleOnesAreNotCountedAgain() {
        busy.runs("busy", 3).runs("idle", 0);

        var written = writer.write(pool, Pools.deployment(1, 1), pods, sparing(0));

        assertThat(written.deployment().getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    void writesNothingWhenEveryPodTookATaskSinceTheDecision() {
        busy.runs("busy", 3).runs("idle", 1);

        writer.write(pool, Pools.deployment(2, 1), pods, sparing(1));

        assertThat(journal.lines()).noneMatch(line -> line.startsWith("scale") || line.startsWith("event"));
    }

    @Test
    void asksNoPodWhenThePoolGrows() {
        writer.write(pool, Pools.deployment(2, 1), pods, decision(5));

        assertThat(busy.asked()).isEmpty();
        assertThat(journal.lines()).containsExactly("scale shop to 5", "event ScaledUp");
    }

    @Test
    void tellsFromWhatToWhatAndWhy() {
        writer.write(pool, Pools.deployment(2, 1), pods, decision(5));

        assertThat(events.all()).containsExactly(Announcement.normal("ScaledUp", "from 2 to 5: because"));
    }

    @Test
    void takesADeploymentThatDoesNotSayForOneOfOnePod() {
        var unsaid = Pools.deployment(1, 1)
                .edit()
                .editSpec()
                .withReplicas(null)
                .endSpec()
                .build();

        writer.write(pool, unsaid, List.of(), decision(0));

        assertThat(events.all()).extracting(Announcement::message).containsExactly("from 1 to 0: because");
    }

    @Test
    void takesNoReplicasOfLongTasksAwayWhileItCannotMark() {
        busy.runs("idle", 0);
        annotator.failWith(new KubernetesClientException("forbidden", 403, null));

        var written = writer.write(pool, Pools.deployment(2, 1), pods, sparing(1));

        assertThat(journal.lines()).isEmpty();
        assertThat(written.deployment().getSpec().getReplicas()).isEqualTo(2);
        assertThat(written.hindrance())
                .startsWith(
                        "the pool keeps 2 pods, as tasks may be longer than drainTimeout: idle pods cannot be marked")
                .contains("HTTP 403: forbidden", "verb patch on pods");
    }

    @Test
    void shrinksUnmarkedWhereADrainCutsNothingOffAndTellsSo() {
        busy.runs("idle", 0);
        annotator.failWith(new KubernetesClientException("forbidden", 403, null));

        var written = writer.write(pool, Pools.deployment(2, 1), pods, decision(1));

        assertThat(journal.lines()).containsExactly("scale shop to 1", "event ScaledDown");
        assertThat(written.hindrance()).isNull();
        assertThat(events.all())
                .singleElement()
                .extracting(Announcement::message)
                .asString()
                .contains("idle pods cannot be marked to go first (HTTP 403: forbidden)");
    }

    @Test
    void saysWhatKubernetesRefusesAndTheFix() {
        deployments.failWith(new KubernetesClientException("admission webhook denied: at most 4", 403, null));
        assertThat(writer.write(pool, Pools.deployment(2, 1), pods, decision(5)))
                .isEqualTo(new ReplicaWriter.Written(
                        Pools.deployment(2, 1),
                        "Kubernetes refuses the Deployment 5 pods in place of 2; correct the operator's Role, or satisfy the"
                                + " quota or policy that is named: admission webhook denied: at most 4"));

        deployments.failWith(new KubernetesClientException("webhook is down", 500, null));
        assertThat(writer.write(pool, Pools.deployment(2, 1), pods, decision(5)).hindrance())
                .isEqualTo("the Deployment could not be given 5 pods in place of 2 (HTTP 500: webhook is down);"
                        + " it is tried again at each look");
        assertThat(events.all()).isEmpty();
    }

    @Test
    void tellsTheSizeThatKubernetesMadeOfItAndNothingWhereItStayed() {
        deployments.capAt(4);
        var hindrance =
                "Kubernetes made it 4 pods in place of 5: a mutating policy or webhook changes what is written; exempt the"
                        + " pool's Deployment from it, or set scaling.minReplicas and scaling.maxReplicas to what it allows";

        var moved = writer.write(pool, Pools.deployment(2, 1), pods, decision(5));
        var stayed = writer.write(pool, Pools.deployment(4, 1), pods, decision(5));

        assertThat(moved.deployment().getSpec().getReplicas()).isEqualTo(4);
        assertThat(List.of(moved, stayed))
                .allSatisfy(written -> assertThat(written.hindrance()).isEqualTo(hindrance))
                .allMatch(ReplicaWriter.Written::overruled);
        assertThat(events.all())
                .containsExactly(Announcement.normal(
                        "ScaledUp", "from 2 to 4: because; Kubernetes made it 4 pods in place of 5"));
    }

    @Test
    void aDeploymentThatIsNoLongerTheOneOfTheCacheIsNoRefusal() {
        deployments.failWith(new KubernetesClientException("conflict", 409, null));

        assertThat(writer.write(pool, Pools.deployment(2, 1), pods, decision(5)).hindrance())
                .isNull();
        assertThat(events.all()).isEmpty();
    }

    private static Decision sparing(int replicas) {
        return new Decision(
                replicas,
                replicas,
                Reason.DrainTime,
                Basis.FIGURES,
                "because",
                Terms.NONE,
                true,
                null,
                PoolState.EMPTY);
    }

    private static Decision decision(int replicas) {
        return Decision.off(replicas, "because");
    }
}
