package dev.jtask.benchmarks.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds a worker that could work and does not. Pure: it is told what there is to see.
final class Watch {

    private final long boundMillis;
    private final Map<Integer, Long> idleSince = new HashMap<>();
    private final Map<Integer, Long> progress = new HashMap<>();
    private final List<String> stuck = new ArrayList<>();

    Watch(long boundMillis) {
        this.boundMillis = boundMillis;
    }

    /// One worker at one moment.
    ///
    /// @param progress a number that grows with whatever it does
    /// @param ready messages that wait for it; 0 when nobody knows
    /// @param able false while a fault holds it or the broker up
    record Look(int worker, long progress, int ready, boolean able) {}

    /// @return what is to be said of it when it has just been found stuck
    List<String> look(long now, List<Look> looks) {
        var found = new ArrayList<String>();
        for (var look : looks) {
            boolean moved = look.progress() != progress.getOrDefault(look.worker(), -1L);
            progress.put(look.worker(), look.progress());
            if (moved || look.ready() == 0 || !look.able()) {
                idleSince.put(look.worker(), now);
            } else if (now - idleSince.getOrDefault(look.worker(), now) >= boundMillis) {
                idleSince.put(look.worker(), now);
                found.add("worker %d did nothing for %d s while %d messages waited for it"
                        .formatted(look.worker(), boundMillis / 1_000, look.ready()));
            }
        }
        stuck.addAll(found);
        return found;
    }

    List<String> stuck() {
        return List.copyOf(stuck);
    }
}
