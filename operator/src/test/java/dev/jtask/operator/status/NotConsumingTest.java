package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A worker ends its consumer of a queue for which it has no room at the moment: a window has a message for each
/// slot, and queues with work have it before those without.
class NotConsumingTest extends StatusesScene {

    @Test
    void slotsThatDoNotReachForEachQueueAreNoTrouble() {
        concurrency(1);

        assertWorks("it waits", queue("orders", 0, 0, 1L), queue("mails", 0, 0, 0L));
        assertWorks("both have work", queue("orders", 9, 1, 1L), queue("mails", 4, 0, 0L));
        assertWorks("the other has", queue("orders", 0, 0, 0L), queue("mails", 4, 1, 1L));
    }

    @Test
    void aQueueWithoutWorkHasNoConsumerWhileAnotherTakesAllSlots() {
        concurrency(8);

        assertWorks("all slots are taken", queue("orders", 100, 8, 1L), queue("mails", 0, 0, 0L));
        assertWorks("tasks are short, more is held", queue("orders", 100, 80, 1L), queue("mails", 2, 0, 0L));
        assertWorks("it was so a moment ago", queue("orders", 0, 0, 1L), queue("mails", 0, 0, 0L));
    }

    @Test
    void podsWhoseTasksAreAllParkedWork() {
        concurrency(1);

        // no delivery of them is open
        assertWorks("parked messages count as held", queue("orders", 4, 1, 0L), queue("mails", 0, 0, 0L));
    }

    @Test
    void messagesThatWaitWithoutAConsumerWhileSlotsAreFreeAreTrouble() {
        concurrency(8);

        assertNotConsuming("mails", queue("orders", 0, 3, 1L), queue("mails", 4, 0, 0L));
    }

    @Test
    void podsThatTakeNothingFromAnyQueueAreTrouble() {
        concurrency(1);

        assertNotConsuming("orders, mails", queue("orders", 0, 0, 0L), queue("mails", 0, 0, 0L));
        assertNotConsuming("orders, mails", queue("orders", 5, 0, 0L), queue("mails", 2, 0, 0L));
        assertWorks("of one nothing is known", queue("orders", 0, 0, 0L), queue("mails", 0, 0, null));
    }

    private void concurrency(int slots) {
        pool.setSpec(Pools.pool("concurrency: %d\nqueues: [{name: orders}, {name: mails}]".formatted(slots))
                .getSpec());
    }

    private void assertWorks(String why, QueueSample... queues) {
        assertThat(ready(queues)).as(why).returns("Working", Condition::getReason);
    }

    private void assertNotConsuming(String which, QueueSample... queues) {
        assertThat(ready(queues))
                .returns("NotConsuming", Condition::getReason)
                .returns(
                        "pods are ready and none consumes from queue %s; kubectl logs of a pod says why"
                                .formatted(which),
                        Condition::getMessage);
    }

    private Condition ready(QueueSample... queues) {
        var told = Arrays.stream(queues).collect(Collectors.toMap(QueueSample::name, queue -> queue));
        return condition(
                compute(
                        USABLE,
                        deployment(1, 1, 1),
                        List.of(Pods.ready("p", Duration.ofDays(-1))),
                        view(Probes.seen(told, NOW), Reason.DrainTime)),
                Conditions.READY);
    }

    private static QueueSample queue(String name, long ready, long unacked, @Nullable Long consumers) {
        return new QueueSample(name, ready, unacked, consumers, null, null);
    }
}
