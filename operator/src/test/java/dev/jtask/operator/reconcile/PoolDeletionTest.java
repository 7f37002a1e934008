package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoolDeletionTest {

    private static final String REMOVED = "remove " + PoolDeletion.FINALIZER;

    private final Parts parts = new Parts();

    @Test
    void aPoolWithQueuesThatGoGetsAFinalizerOnce() {
        var pool = pool("Delete");
        prepare(pool);
        assertThat(parts.journal.lines()).containsExactly("add " + PoolDeletion.FINALIZER);

        parts.journal.clear();
        pool.addFinalizer(PoolDeletion.FINALIZER);
        prepare(pool);
        assertThat(parts.journal.lines()).isEmpty();
    }

    @Test
    void aPoolWhoseQueuesStayHasNone() {
        var pool = pool("Retain");
        prepare(pool);
        assertThat(parts.journal.lines()).isEmpty();

        pool.addFinalizer(PoolDeletion.FINALIZER);
        prepare(pool);
        assertThat(parts.journal.lines()).containsExactly(REMOVED);
    }

    @Test
    void aPoolWithoutTheFinalizerIsLeftToKubernetes() {
        parts.workloads.show(Pools.deployment(1, 1));

        var control = reconcile(Pools.deleted(pool("Retain"), Parts.NOW));

        assertThat(control.isNoUpdate()).isTrue();
        assertThat(control.getScheduleDelay()).isEmpty();
        assertThat(parts.journal.lines()).isEmpty();
        assertThat(parts.broker.looks()).isEmpty();
    }

    @Test
    void aPoolThatWaitsForSomebodyElsesFinalizerIsScaledNoMore() {
        parts.broker.queue("orders", 0, 0, 0);
        parts.workloads.show(parts.deployments.put(Pools.deployment(0, 1)));
        parts.scaling.update(pool("Retain"), FakeSecrets.USABLE);

        reconcile(Pools.deleted(pool("Retain"), Parts.NOW));
        parts.broker.queue("orders", 500, 0, 0);
        parts.clock.forward(Parts.PACE.tick());
        parts.scaling.tick();

        assertThat(parts.journal.lines()).isEmpty();
        assertThat(parts.broker.looks()).hasSize(1);
    }

    @Test
    void theWorkersGoFirstAndAreSentAwayOnce() {
        parts.broker.queue("orders", 0, 0, 1);
        var leaving = parts.deployments.put(Pools.deployment(1, 1));
        parts.workloads.show(leaving);

        assertThat(reconcile(deleted()).getScheduleDelay())
                .hasValue(Parts.PACE.tick().toMillis());
        assertThat(parts.journal.lines()).containsExactly("delete shop");

        leaving.getMetadata().setDeletionTimestamp(Parts.NOW.toString());
        reconcile(deleted());
        assertThat(parts.journal.lines()).containsExactly("delete shop");
    }

    @Test
    void thePoolGoesOnceItsQueuesAreSettled() {
        parts.broker.queue("orders", 0, 0, 0);
        reconcile(deleted());
        assertThat(parts.journal.lines()).isEmpty();

        parts.clock.forward(Duration.ofSeconds(10));
        parts.scaling.tick();
        var control = reconcile(deleted());

        assertThat(parts.journal.lines()).containsExactly("delete orders", "event QueueDeleted", REMOVED);
        assertThat(control.isNoUpdate()).isTrue();
        assertThat(control.getScheduleDelay()).isEmpty();
    }

    @Test
    void aBrokerThatDoesNotAnswerHoldsThePoolBackOnlyForAWhile() {
        parts.broker.goAway();
        reconcile(deleted());

        parts.clock.forward(Parts.PACE.deletionPatience().minusMillis(1));
        assertThat(reconcile(deleted()).getScheduleDelay()).isPresent();
        assertThat(parts.journal.lines()).isEmpty();

        parts.clock.forward(Duration.ofMillis(1));
        assertThat(reconcile(deleted()).getScheduleDelay()).isEmpty();
        assertThat(parts.journal.lines()).containsExactly(REMOVED, "event QueuesLeft");
        assertThat(parts.events.all())
                .containsExactly(
                        Announcement.warning(
                                "QueuesLeft",
                                "the broker did not answer, workers did not leave in time, or the broker of another pool with a queue of that name is not known; delete by hand if wanted: orders"));
    }

    @Test
    void workersOfABrokerThatAnswersHaveTheirWholeDrainTime() {
        parts.broker.queue("orders", 0, 0, 1);
        parts.scaling.update(pool("Delete"), FakeSecrets.USABLE);
        reconcile(deleted());
        var whole = Parts.PACE.deletionPatience().plus(Duration.ofMinutes(2));

        parts.clock.forward(whole.minusMillis(1));
        reconcile(deleted());
        assertThat(parts.journal.lines()).isEmpty();

        parts.clock.forward(Duration.ofMillis(1));
        reconcile(deleted());
        assertThat(parts.journal.lines()).containsExactly(REMOVED, "event QueuesLeft");
    }

    @Test
    void aRestartedOperatorGivesWorkersTheirWholeDrainTimeToo() {
        parts.broker.queue("orders", 0, 0, 1);

        parts.clock.forward(Parts.PACE.deletionPatience().plus(Duration.ofMinutes(2)));
        reconcile(deleted());

        assertThat(parts.journal.lines()).isEmpty();
    }

    @Test
    void aBrokerThatIsBackGivesWorkersTheirWholeDrainTime() {
        parts.broker.queue("orders", 0, 0, 1).goAway();
        reconcile(deleted());
        parts.broker.failWith(null);

        parts.clock.forward(Parts.PACE.deletionPatience());
        parts.scaling.tick();
        reconcile(deleted());

        assertThat(parts.journal.lines()).isEmpty();
    }

    @Test
    void aClockThatIsPutForwardTakesNobodysTime() {
        parts.broker.goAway();
        reconcile(deleted());
        parts.clock.jump(Duration.ofHours(1));
        staysForThePatienceAndLeavesItsQueues();
    }

    @Test
    void ofTheQueuesThatAreLeftThoseAreToldOfWhichNothingWasSaidYet() {
        parts.broker.queue("orders", 0, 0, 0).queue("mails", 0, 0, 1);
        var pool = Pools.pool(
                "queues: [{name: orders, deletionPolicy: Delete}, {name: mails, deletionPolicy: Delete}]\ndrainTimeout: 2m");
        pool.addFinalizer(PoolDeletion.FINALIZER);
        var deleted = Pools.deleted(pool, Parts.NOW);
        reconcile(deleted);
        parts.clock.forward(Duration.ofSeconds(10));
        parts.scaling.tick();
        parts.clock.forward(Duration.ofMinutes(2).plus(Parts.PACE.deletionPatience()));
        reconcile(deleted);

        assertThat(parts.journal.lines())
                .containsExactly("delete orders", "event QueueDeleted", REMOVED, "event QueuesLeft");
        assertThat(parts.events.all())
                .last()
                .satisfies(news -> assertThat(news.message()).endsWith("; delete by hand if wanted: mails"));
    }

    @Test
    void aClockThatIsBehindHoldsNoPool() {
        parts.broker.goAway();
        reconcile(deleted());
        parts.clock.jump(Duration.ofHours(-1));

        parts.clock.forward(Parts.PACE.deletionPatience());
        reconcile(deleted());
        assertThat(parts.journal.lines()).containsExactly(REMOVED, "event QueuesLeft");
    }

    @Test
    void aClockThatIsBehindLeavesNoQueue() {
        parts.broker.queue("orders", 0, 0, 0);
        parts.clock.jump(Duration.ofHours(-1));
        reconcile(deleted());

        parts.clock.forward(Duration.ofSeconds(10));
        parts.scaling.tick();
        reconcile(deleted());
        assertThat(parts.journal.lines()).containsExactly("delete orders", "event QueueDeleted", REMOVED);
    }

    @Test
    void aPoolWhoseSecretIsGoneGoesAtOnce() {
        parts.source.remove("rabbitmq");

        reconcile(deleted());

        assertThat(parts.journal.lines()).containsExactly(REMOVED, "event QueuesLeft");
        assertThat(parts.events.all())
                .singleElement()
                .satisfies(news -> assertThat(news.message())
                        .startsWith("the broker could not be asked: ")
                        .endsWith("; delete by hand if wanted: orders"));
    }

    @Test
    void queuesLeftBySecretsThatSayNothingNameTheSecret() {
        parts.source.put("rabbitmq", "uri", "");
        assertLeftSaying("the broker could not be asked: ");
    }

    @Test
    void queuesLeftBySecretsThatNobodyShowsNameTheSecret() {
        parts.source.failWith(new KubernetesClientException("forbidden", 403, null));
        assertLeftSaying("the broker could not be asked: ");
    }

    private void assertLeftSaying(String why) {
        reconcile(deleted());
        parts.clock.forward(Parts.PACE.deletionPatience());
        reconcile(deleted());

        assertThat(parts.events.all())
                .singleElement()
                .satisfies(news -> assertThat(news.message())
                        .startsWith(why)
                        .contains("rabbitmq")
                        .endsWith("; delete by hand if wanted: orders"));
    }

    @Test
    void aPoolGoesInANamespaceThatTookTheOperatorsRoleWithIt() {
        parts.workloads.show(Pools.deployment(1, 1));
        parts.deployments.failWith(new KubernetesClientException("forbidden", 403, null));
        parts.source.failWith(new KubernetesClientException("forbidden", 403, null));

        staysForThePatienceAndLeavesItsQueues();
    }

    @Test
    void aPoolThatIsAlreadyGoneIsNoError() {
        parts.source.remove("rabbitmq");
        parts.clock.forward(Parts.PACE.deletionPatience());
        var pool = deleted();

        var gone = FakeContext.of(pool, parts.journal).failWith(new KubernetesClientException("gone", 404, null));
        assertThatCode(() -> parts.deletion.reconcile(pool, gone)).doesNotThrowAnyException();

        var away = FakeContext.of(pool, parts.journal).failWith(new KubernetesClientException("away", 503, null));
        assertThatThrownBy(() -> parts.deletion.reconcile(pool, away)).hasMessage("away");
    }

    @Test
    void aNamesakeThatCameMeanwhileGetsNoFinalizerAndNoDeployment() {
        var pool = pool("Delete");
        var replaced = FakeContext.of(pool, parts.journal).replacedBy(namesake(pool("Retain")));

        var control = parts.reconciler.reconcile(pool, replaced);

        assertThat(control.isNoUpdate()).isTrue();
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.tick().toMillis());
        assertThat(parts.journal.lines()).isEmpty();
    }

    @Test
    void theFinalizerOfANamesakeThatCameMeanwhileStays() {
        parts.source.remove("rabbitmq");
        var pool = deleted();
        var other = pool("Delete");
        other.addFinalizer(PoolDeletion.FINALIZER);

        parts.deletion.reconcile(pool, FakeContext.of(pool, parts.journal).replacedBy(namesake(other)));

        assertThat(parts.journal.lines()).containsExactly("event QueuesLeft");
    }

    @Test
    void thatQueuesAreLeftIsToldOnceThoughThePoolCannotBeLetGoForAWhile() {
        parts.source.remove("rabbitmq");
        var pool = deleted();
        var refused = new KubernetesClientException("away", 503, null);
        for (int tries = 0; tries < 3; tries++) {
            assertThatThrownBy(() -> parts.deletion.reconcile(
                            pool, FakeContext.of(pool, parts.journal).failWith(refused)))
                    .isEqualTo(refused);
        }
        assertThat(parts.events.all()).isEmpty();

        reconcile(pool);

        assertThat(parts.events.all()).hasSize(1);
    }

    private void staysForThePatienceAndLeavesItsQueues() {
        assertThat(reconcile(deleted()).getScheduleDelay()).isPresent();
        assertThat(parts.journal.lines()).isEmpty();

        parts.clock.forward(Parts.PACE.deletionPatience());
        reconcile(deleted());
        assertThat(parts.journal.lines()).containsExactly(REMOVED, "event QueuesLeft");
    }

    private static TaskWorkerPool namesake(TaskWorkerPool pool) {
        pool.getMetadata().setUid("another");
        return pool;
    }

    @Test
    void noQueueGoesWhileTheWorkersCannotBeSentAway() {
        parts.broker.queue("orders", 0, 0, 0);
        parts.workloads.show(Pools.deployment(1, 1));
        parts.deployments.failWith(new KubernetesClientException("away", 503, null));
        parts.clock.forward(Duration.ofSeconds(10));

        assertThatThrownBy(() -> reconcile(deleted())).hasMessage("away");

        assertThat(parts.broker.queues()).containsKey("orders");
        assertThat(parts.journal.lines()).isEmpty();
    }

    private void prepare(TaskWorkerPool pool) {
        parts.deletion.prepare(pool, FakeContext.of(pool, parts.journal));
    }

    private UpdateControl<TaskWorkerPool> reconcile(TaskWorkerPool pool) {
        return parts.deletion.reconcile(pool, FakeContext.of(pool, parts.journal));
    }

    private static TaskWorkerPool deleted() {
        var pool = pool("Delete");
        pool.addFinalizer(PoolDeletion.FINALIZER);
        return Pools.deleted(pool, Parts.NOW);
    }

    private static TaskWorkerPool pool(String policy) {
        return Pools.pool("queues: [{name: orders, deletionPolicy: %s}]\ndrainTimeout: 2m".formatted(policy));
    }
}
