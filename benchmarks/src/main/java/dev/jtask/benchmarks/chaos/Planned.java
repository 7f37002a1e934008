package dev.jtask.benchmarks.chaos;

/// A fault to come.
///
/// @param afterSent due when so many tasks are sent
/// @param draw a number of its own for whatever else is left to chance
record Planned(int id, Fault.Kind kind, int target, int afterSent, long draw) {

    /// From `least` to `most` milliseconds, always the same for the same fault.
    int millis(int least, int most) {
        return least + (int) Long.remainderUnsigned(draw, most - least + 1L);
    }
}
