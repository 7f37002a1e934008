package dev.jtask.benchmarks.chaos;

import java.util.List;

/// What became of all tasks.
///
/// @param tasks that were sent and confirmed, with those that follow of them
/// @param done that ran to their end, as they should
/// @param dead that are with the dead letters, as they should
/// @param lost each with what is missing
/// @param duplicated runs beyond the first of each attempt
/// @param unexplained those of them that no fault explains
record Verdict(
        int tasks,
        int done,
        int dead,
        List<String> lost,
        int duplicated,
        List<String> unexplained,
        int maxDuplicatesPerFault) {

    boolean isGood() {
        return lost.isEmpty() && unexplained.isEmpty();
    }

    @Override
    public String toString() {
        return "chaos: tasks=%d done=%d dead=%d lost=%d duplicated=%d maxDuplicatesPerFault=%d"
                .formatted(tasks, done, dead, lost.size(), duplicated, maxDuplicatesPerFault);
    }
}
