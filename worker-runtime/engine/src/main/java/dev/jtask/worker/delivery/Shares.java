package dev.jtask.worker.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Divides the worker's window among its queues, so that it never holds more messages than one window, however many
/// queues it consumes.
///
/// A queue with work weighs twice as much as the next one in the worker's list; what the queues with work leave over
/// goes evenly to all, so that messages of an idle queue are pushed as soon as they come. Pure.
final class Shares {

    /// One queue, in order of preference.
    ///
    /// @param ready messages that wait in the queue
    /// @param held messages of it that this worker has
    /// @param limit messages of it that this worker lets the broker send
    record Demand(int ready, int held, int limit) {

        int work() {
            return ready + held;
        }

        boolean starved(int share) {
            return (ready > 0 && held >= limit && share > limit) || (limit == 0 && share > 0);
        }
    }

    private Shares() {}

    /// A share for each queue; together they are the window.
    static List<Integer> allocate(int window, List<Demand> demands) {
        var shares = new ArrayList<>(Collections.nCopies(demands.size(), 0));
        for (int left = window; left > 0; left--) {
            int next = weightiest(shares, demands);
            if (next < 0) {
                next = smallest(shares);
            }
            shares.set(next, shares.get(next) + 1);
        }
        return shares;
    }

    /// Whether changing to these shares is worth the new subscriptions: the window has changed, or a queue waits.
    static boolean worthwhile(int window, List<Demand> demands, List<Integer> shares) {
        int limits = demands.stream().mapToInt(Demand::limit).sum();
        if (limits != window) {
            return true;
        }
        for (int i = 0; i < shares.size(); i++) {
            if (demands.get(i).starved(shares.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static int weightiest(List<Integer> shares, List<Demand> demands) {
        int best = -1;
        double bestPerWeight = Double.MAX_VALUE;
        double weight = 1;
        for (int i = 0; i < shares.size(); i++) {
            double perWeight = shares.get(i) / weight;
            if (shares.get(i) < demands.get(i).work() && perWeight < bestPerWeight) {
                best = i;
                bestPerWeight = perWeight;
            }
            weight /= 2;
        }
        return best;
    }

    private static int smallest(List<Integer> shares) {
        int best = 0;
        for (int i = 1; i < shares.size(); i++) {
            if (shares.get(i) < shares.get(best)) {
                best = i;
            }
        }
        return best;
    }
}
