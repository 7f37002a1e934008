package dev.jtask.simulator.scaler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// HPA v2 with `AverageValue` metrics, as kube-controller-manager computes it: tolerance, stabilization, then the
/// limits on the pace.
final class Hpa {

    static final double SYNC = 15;
    private static final double TOLERANCE = 0.1;

    private record Proposal(double at, int replicas) {}

    private record Change(double at, int by) {}

    /// A metric and what of it a pod shall have.
    record Metric(double total, double perPod) {

        int proposal(int current) {
            double ratio = current == 0 ? Double.POSITIVE_INFINITY : total / (perPod * current);
            return Math.abs(ratio - 1) <= TOLERANCE ? current : (int) Math.ceil(total / perPod);
        }
    }

    private final double window;
    private final boolean hasBehavior;
    private final int max;
    private final Deque<Proposal> proposals = new ArrayDeque<>();
    private final Deque<Change> changes = new ArrayDeque<>();

    /// @param window of scaling down, in seconds
    /// @param hasBehavior whether `spec.behavior` is there: it changes how fast the pool grows
    Hpa(double window, boolean hasBehavior, int max) {
        this.window = window;
        this.hasBehavior = hasBehavior;
        this.max = max;
    }

    int sync(double now, int current, List<Metric> metrics) {
        if (current == 0) {
            return 0;
        }
        int proposal =
                metrics.stream().mapToInt(each -> each.proposal(current)).max().orElse(current);
        if (proposals.isEmpty()) {
            // a controller that has just seen the HPA remembers the size it found
            proposals.add(new Proposal(now, current));
        }
        proposals.removeIf(each -> each.at() <= now - window);
        int largest = Math.max(
                proposal, proposals.stream().mapToInt(Proposal::replicas).max().orElse(proposal));
        proposals.add(new Proposal(now, proposal));
        int size = Math.clamp(
                limited(now, current, Math.clamp(largest, Math.min(proposal, current), Math.max(proposal, current))),
                1,
                max);
        if (size != current) {
            changes.add(new Change(now, size - current));
        }
        return size;
    }

    private int limited(double now, int current, int wanted) {
        if (!hasBehavior) {
            return Math.min(wanted, Math.max(2 * current, 4));
        }
        changes.removeIf(each -> each.at() <= now - SYNC);
        int start = current - changes.stream().mapToInt(Change::by).sum();
        int most = Math.max(current, Math.max(start + 4, 2 * start));
        return Math.min(wanted, most);
    }
}
