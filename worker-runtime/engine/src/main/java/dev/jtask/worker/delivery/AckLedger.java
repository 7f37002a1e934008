package dev.jtask.worker.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Which deliveries of one channel are open, and how to acknowledge finished ones with the fewest frames. Not
/// thread-safe.
final class AckLedger {

    /// One acknowledgement; `multiple` covers every open delivery up to the tag.
    record Ack(long tag, Coverage coverage) {}

    enum Coverage {
        SINGLE,
        MULTIPLE
    }

    /// In the order of their tags: the broker counts them up.
    private final LinkedHashMap<Long, Integer> open = new LinkedHashMap<>();
    private long latest;

    /// @param subscription the number of the subscription that delivered it
    ///
    /// @throws IllegalArgumentException when it is not later than the one before
    void delivered(long tag, int subscription) {
        if (tag <= latest) {
            throw new IllegalArgumentException("delivery %d comes after %d".formatted(tag, latest));
        }
        latest = tag;
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
        var acks = new ArrayList<Ack>();
        long last = -1;
        int run = 0;
        for (var tag : sorted(finished)) {
            boolean inFront = acks.isEmpty() && isFirst(tag);
            if (open.remove(tag) == null) {
                continue;
            }
            if (inFront) {
                last = tag;
                run++;
            } else {
                acks.add(new Ack(tag, Coverage.SINGLE));
            }
        }
        if (run > 0) {
            acks.addFirst(new Ack(last, run > 1 ? Coverage.MULTIPLE : Coverage.SINGLE));
        }
        return acks;
    }

    private boolean isFirst(Long tag) {
        var first = open.firstEntry();
        return first != null && first.getKey().equals(tag);
    }

    private static List<Long> sorted(List<Long> finished) {
        var sorted = new ArrayList<>(finished);
        sorted.sort(null);
        return sorted;
    }
}
