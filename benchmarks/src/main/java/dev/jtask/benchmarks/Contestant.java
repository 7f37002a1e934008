package dev.jtask.benchmarks;

import java.util.List;
import java.util.Map;

/// A consumer of the benchmark's queue as a process of its own.
///
/// @param name as it stands in the table
/// @param command starts it
/// @param environment added to this process' own
record Contestant(String name, List<String> command, Map<String, String> environment) {}
