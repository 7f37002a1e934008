package dev.jtask.autoscaler;

/// The counters of a queue.
record Counters(Counter published, Counter acked) {

    static final Counters UNTOLD = new Counters(Counter.UNTOLD, Counter.UNTOLD);

    /// As they were told together.
    record Told(long published, long acked) {}

    boolean areTold() {
        return published.told() != null && acked.told() != null;
    }

    /// Where one fell that step tells nothing.
    boolean fallTo(Told fresh) {
        return published.fallsTo(fresh.published()) || acked.fallsTo(fresh.acked());
    }

    Counters at(Told fresh) {
        return new Counters(published.at(fresh.published()), acked.at(fresh.acked()));
    }

    /// Those that come next say nothing of the time since these.
    Counters untold() {
        return new Counters(published.untold(), acked.untold());
    }
}
