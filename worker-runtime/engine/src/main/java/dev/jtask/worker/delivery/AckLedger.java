package dev.jtask.worker.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which deliveries of one channel are open, and how to acknowledge finished ones with the fewest frames. Not
/// thread-safe.
final class AckLedger {

    /// One acknowledgement; `multiple` covers every open delivery up to the tag.
    record Ack(long tag, Coverage coverage) {}

    enum Coverage {
        SINGLE,
        MULTIPLE
    }

    private final TreeMap<Long, Integer> open = new TreeMap<>();

    /// @param subscription the number of the subscription that delivered it
    void delivered(long tag, int subscription) {
        open.put(tag, subscription);
    }

    /// Takes a delivery out that is settled in another way than by an ack.
    ///
    /// @return false when it was settled before: the broker closes a channel that settles twice
    boolean remove(long tag) {
        return open.remove(tag) != null;
    }

    int open() {
        return open.size();
    }

    /// Open deliveries of subscriptions before this one.
    int openBefore(int subscription) {
        return (int)
                open.values().stream().filter(number -> number < subscription).count();
    }

    /// Settles these tags: one multiple ack for the run of finished deliveries at the front, single acks for the rest,
    /// so that a long task in front never holds back the acknowledgement of those behind it.
    List<Ack> settle(List<Long> finished) {
        var rest = new TreeSet<>(finished);
        rest.retainAll(open.keySet());
        var acks = new ArrayList<Ack>();
        long last = -1;
        int run = 0;
        while (!rest.isEmpty() && rest.first().equals(open.firstKey())) {
            last = rest.first();
            rest.remove(last);
            open.remove(last);
            run++;
        }
        if (run > 0) {
            acks.add(new Ack(last, run > 1 ? Coverage.MULTIPLE : Coverage.SINGLE));
        }
        for (var tag : rest) {
            open.remove(tag);
            acks.add(new Ack(tag, Coverage.SINGLE));
        }
        return acks;
    }
}
