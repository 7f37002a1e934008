package dev.jtask.autoscaler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a decision was computed from.
///
/// @param queues queue by queue, in the pool's order
/// @param waiting messages in all of them, with the parts that are other pools'
/// @param busySlots slots that are busy
/// @param busyPods pods of which something would be cut off if they went
/// @param startupSeconds from a pod's creation to its first task
/// @param drainSeconds the time that work may take: the objective less the start-up, at least half of the
/// objective; 0 where the objective is a depth
public record Terms(
        List<QueueTerms> queues,
        long waiting,
        double busySlots,
        int busyPods,
        double startupSeconds,
        double drainSeconds) {

    /// Where nothing was computed.
    public static final Terms NONE = new Terms(List.of(), 0, 0, 0, 0, 0);

    /// The slots that one queue needs, and why.
    ///
    /// @param backlog messages that wait
    /// @param running slots that its tasks keep busy
    /// @param arrivalRate messages per second
    /// @param busySeconds how long one task keeps a slot busy
    /// @param rateKnown whether arrivals were watched for longer than the broker's figures are old
    /// @param learned whether the service time was observed; until then one second is assumed
    /// @param share of the queue where other pools consume it as well, null where none does
    /// @param arrivalSlots slots for the arriving messages
    /// @param backlogSlots slots for the waiting ones
    /// @param runningSlots slots for those that run and will not be done in time
    public record QueueTerms(
            String name,
            long backlog,
            double running,
            double arrivalRate,
            double busySeconds,
            boolean rateKnown,
            boolean learned,
            @Nullable Share share,
            double arrivalSlots,
            double backlogSlots,
            double runningSlots) {

        double slots() {
            return arrivalSlots + backlogSlots + runningSlots;
        }
    }

    public Terms {
        queues = List.copyOf(queues);
    }

    /// Messages that wait for this pool in all queues.
    public long backlog() {
        return queues.stream().mapToLong(QueueTerms::backlog).sum();
    }

    /// Messages per second into all queues.
    public double arrivalRate() {
        return queues.stream().mapToDouble(QueueTerms::arrivalRate).sum();
    }

    /// Whether the arrivals of every queue are more than a guess.
    public boolean isRateKnown() {
        return queues.stream().allMatch(QueueTerms::rateKnown);
    }

    /// How long a task keeps a slot busy, over all queues as they arrive, wait and run.
    public double busySeconds() {
        double weights = 0;
        double sum = 0;
        for (var queue : queues) {
            double weight = queue.arrivalRate() + queue.backlog() + queue.running() + 1e-9;
            weights += weight;
            sum += weight * queue.busySeconds();
        }
        return weights == 0 ? 0 : sum / weights;
    }

    /// Whether every queue with something to do has a service time that was observed.
    public boolean learned() {
        return queues.stream().allMatch(queue -> queue.learned() || queue.slots() == 0);
    }
}
