package dev.jtask.local.demo;

import java.util.Optional;
import java.util.OptionalLong;

/// The system at one moment, as the pool's status and the workers say it.
///
/// @param backlog messages waiting or being worked on, empty while unknown
/// @param pods worker pods, also those that start or end
/// @param busySlots tasks that run, as the workers count them
/// @param done tasks whose result has come back
record Snapshot(
        OptionalLong backlog,
        OptionalLong ready,
        OptionalLong unacked,
        int desired,
        int readyPods,
        int pods,
        int busySlots,
        int done,
        Optional<String> sentence) {}
