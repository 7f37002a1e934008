package dev.jtask.operator.victim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.FakeReports;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.RecordingAnnotator;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.report.WorkerReports;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VictimsTest {

    private final Journal journal = new Journal();
    private final FakeReports busy = new FakeReports();
    private final RecordingAnnotator annotator = new RecordingAnnotator(journal);
    private final Victims victims = new Victims(new RollCall(busy), annotator);

    @Test
    void marksTheIdlePodsAndNoOthersWhenThereAreEnough() {
        busy.runs("idle", 0).runs("half", 2);

        mark(List.of(Pods.ready("half"), Pods.ready("idle")), 4, 1);

        assertThat(journal.lines()).containsExactly("mark idle -1");
    }

    @Test
    void aPodThatBecameBusyLosesAMarkThatTheCacheDoesNotShowYet() {
        busy.runs("first", 0).runs("second", 1);
        var cached = List.of(Pods.ready("first"), Pods.ready("second"));
        mark(cached, 4, 1);
        busy.runs("first", 3).runs("second", 0);
        mark(cached, 4, 1);

        assertThat(journal.lines())
                .startsWith("mark first -1")
                .containsExactlyInAnyOrder("mark first -1", "mark first 0", "mark second -1");
    }

    @Test
    void aMarkThatTheCacheShowsIsWrittenOnceMoreOnlyWhereSomebodyTookItAway() {
        busy.runs("idle", 0).runs("half", 2);
        mark(List.of(Pods.ready("half"), Pods.ready("idle")), 4, 1);
        mark(List.of(Pods.ready("half"), marked("idle")), 4, 1);
        assertThat(journal.lines()).containsExactly("mark idle -1");

        mark(List.of(Pods.ready("half"), Pods.ready("idle")), 4, 1);
        assertThat(journal.lines()).containsExactly("mark idle -1", "mark idle -1");
    }

    private static Pod marked(String name) {
        return Pods.ready(name)
                .edit()
                .editMetadata()
                .addToAnnotations(DeletionCosts.ANNOTATION, "-1")
                .endMetadata()
                .build();
    }

    @Test
    void takesAPodThatDoesNotSayForAFullOne() {
        busy.runs("half", 2);

        mark(List.of(Pods.ready("half"), Pods.ready("silent")), 4, 1);

        assertThat(journal.lines()).containsExactlyInAnyOrder("mark half 2", "mark silent 4");
    }

    @Test
    void marksNobodyWhenAllWillGo() {
        mark(List.of(Pods.ready("one"), Pods.ready("two")), 4, 2);

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void leavesPodsThatHaveNotStartedOutOfIt() {
        busy.runs("idle", 0);

        mark(List.of(Pods.ready("idle"), Pods.ready("silent"), Pods.starting("young")), 4, 1);

        assertThat(busy.asked()).containsExactlyInAnyOrder("idle", "silent");
        assertThat(journal.lines()).containsExactly("mark idle -1");
    }

    @Test
    void anUnreadyPodThatRunsSomethingLetsNoOtherGo() {
        busy.runs("idle", 0).runs("unready-busy", 1).runs("unready-idle", 0);
        var pods = List.of(
                Pods.ready("idle"), Pods.unready("unready-busy"), Pods.unready("unready-idle"), Pods.starting("young"));

        assertThat(mark(pods, 4, 3)).isEqualTo(new Marking(2, null));

        assertThat(busy.asked()).containsExactlyInAnyOrder("idle", "unready-busy", "unready-idle");
        assertThat(journal.lines())
                .as("of the unready ones those go first that run nothing")
                .containsExactlyInAnyOrder("mark idle -1", "mark unready-idle -1", "mark young -1");
    }

    @Test
    void anUnreadyPodThatDoesNotSayMayRunSomething() {
        busy.runs("idle", 0);

        assertThat(mark(List.of(Pods.ready("idle"), Pods.unready("silent")), 4, 2)
                        .idle())
                .isZero();
    }

    @Test
    void unreadyPodsThatRunNothingGoBesideTheIdleOnes() {
        busy.runs("idle", 0).runs("unready", 0);

        assertThat(mark(List.of(Pods.ready("idle"), Pods.unready("unready"), Pods.starting("young")), 4, 3)
                        .idle())
                .isEqualTo(3);
    }

    @Test
    void takesAPodForFullWhenAskingItFails() {
        WorkerReports broken = (pod, queues) -> {
            if (pod.getMetadata().getName().equals("broken")) {
                throw new NumberFormatException("..");
            }
            return busy.of(pod, queues);
        };
        busy.runs("half", 2);

        new Victims(new RollCall(broken), annotator)
                .mark(List.of(Pods.ready("half"), Pods.ready("broken")), 4, idle -> 1);

        assertThat(journal.lines()).containsExactlyInAnyOrder("mark half 2", "mark broken 4");
    }

    @Test
    void saysSoWhenAMarkCannotBeWritten() {
        busy.runs("idle", 0);
        annotator.failWith(new KubernetesClientException("no", 403, null));

        var marking = mark(List.of(Pods.ready("idle"), Pods.ready("other")), 4, 1);

        assertThat(marking.idle()).isEqualTo(1);
        assertThat(marking.hindrance())
                .isEqualTo(
                        "idle pods cannot be marked to go first (HTTP 403: no); give the operator's Role the verb patch"
                                + " on pods, or satisfy the policy that is named");
    }

    @Test
    void countsThePodsThatRunNothing() {
        busy.runs("idle", 0).runs("half", 2);

        var idle = mark(
                List.of(Pods.ready("idle"), Pods.ready("half"), Pods.ready("silent"), Pods.starting("young")), 4, 4);

        assertThat(idle.idle()).isEqualTo(2);
    }

    private Marking mark(List<Pod> pods, int slots, int leaving) {
        return victims.mark(pods, slots, idle -> pods.size() - leaving);
    }
}
