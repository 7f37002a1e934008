package dev.jtask.benchmarks.chaos;

/// One run of a task as its worker wrote it down.
///
/// @param worker its number
/// @param start milliseconds of the epoch
/// @param end [#NEVER] when the worker did not come so far
/// @param again whether it was told that a worker had the message before
record Run(String key, int attempt, int worker, long start, long end, boolean again) {

    static final long NEVER = -1;

    boolean ended() {
        return end != NEVER;
    }
}
