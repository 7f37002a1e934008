package dev.jtask.benchmarks.chaos;

/// One run of a task as its worker wrote it down.
///
/// @param worker its number
/// @param start milliseconds of the epoch
/// @param end [#NEVER] when the worker did not come so far
record Run(String key, int attempt, int worker, long start, long end) {

    static final long NEVER = -1;

    boolean ended() {
        return end != NEVER;
    }
}
