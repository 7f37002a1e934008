package dev.jtask.autoscaler;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A counter that the broker adds up over those of its nodes that answer: it falls where one of them does not, and has
/// all of it again when that one does. It falls as well where it begins again, with the broker or the queue, and then
/// never comes back.
///
/// @param told the last that was told, null before the first and where others speak for the time since
/// @param peaks what it had come to whenever it fell, with what was added since
record Counter(@Nullable Long told, List<Long> peaks) {

    static final Counter UNTOLD = new Counter(null, List.of());

    private static final int LATEST = 4;

    Counter {
        peaks = List.copyOf(peaks);
    }

    boolean fallsTo(long fresh) {
        return told != null && fresh < told;
    }

    /// What came since it was told; of a fall nothing is known. One that is back has brought what it had before.
    long growthTo(long fresh) {
        return told == null || fallsTo(fresh)
                ? 0
                : fresh
                        - peaks.stream()
                                .filter(peak -> peak <= fresh)
                                .max(Long::compare)
                                .orElse(told);
    }

    Counter at(long fresh) {
        long growth = growthTo(fresh);
        return new Counter(
                fresh,
                (fallsTo(fresh) ? untold() : this)
                        .peaks.stream()
                                .filter(peak -> peak > fresh)
                                .map(peak -> peak + growth)
                                .toList());
    }

    Counter untold() {
        if (told == null) {
            return this;
        }
        var all = new ArrayList<>(peaks);
        all.add(told);
        return new Counter(null, all.subList(Math.max(0, all.size() - LATEST), all.size()));
    }
}
