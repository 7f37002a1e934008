package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.fake.Probes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DownQueueTest extends StatusesScene {

    @Test
    void aQueueThatIsDownIsNoQueueThatExistsAndWorks() {
        var probe = Probes.seen(
                Map.of(
                        "orders",
                        new QueueSample("orders", 5L, 2L, 1L, null, null),
                        "mails",
                        QueueSample.unknown("mails").asDown()),
                NOW,
                "orders",
                "mails");

        var status = compute(USABLE, deployment(3, 3, 3), List.of(), view(probe, Reason.CountOnly));

        assertThat(reasons(status))
                .containsEntry(Conditions.QUEUES_READY, "QueueDown")
                .containsEntry(Conditions.READY, "QueueDown");
        assertThat(condition(status, Conditions.QUEUES_READY).getMessage())
                .startsWith(
                        "queue mails is down: the broker's nodes that hold it, or most of them, do not run; start them");
    }
}
