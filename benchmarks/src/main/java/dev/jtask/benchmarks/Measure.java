package dev.jtask.benchmarks;

/// What is measured, and which end of it is the good one.
enum Measure {
    TASKS("tasks/s", true),
    MESSAGES("messages/s", true),
    CPU("µs of CPU each", false),
    MEDIAN("ms, median", false),
    P99("ms, 99th percentile", false),
    START("ms to the first result", false),
    MEMORY("MiB", false);

    private final String unit;
    private final boolean moreIsBetter;

    Measure(String unit, boolean moreIsBetter) {
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    String unit() {
        return unit;
    }

    /// How much better `ours` is than `theirs`: 2.0 is twice as fast, or half as much.
    double advantage(double ours, double theirs) {
        return moreIsBetter ? ours / theirs : theirs / ours;
    }
}
