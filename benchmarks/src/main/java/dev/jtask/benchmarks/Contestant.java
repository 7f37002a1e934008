package dev.jtask.benchmarks;

import java.util.List;
import java.util.Map;

/// One who takes part, as a process of its own.
///
/// @param name as it stands in the tables
/// @param command starts it
/// @param environment added to this process' own
record Contestant(String name, List<String> command, Map<String, String> environment) {

    /// PerfTest only consumes; it counts nothing, and the last of its acknowledgements of many are never sent.
    boolean runsTasks() {
        return !name.startsWith("PerfTest");
    }
}
