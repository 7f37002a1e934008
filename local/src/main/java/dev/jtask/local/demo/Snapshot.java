package dev.jtask.local.demo;

import java.util.OptionalLong;

/// The system at one moment, as the pool's status and the workers say it.
///
/// @param backlog messages waiting or being worked on, empty while unknown
/// @param pods worker pods, also those that start or end
/// @param busySlots tasks that run, as the workers count them
/// @param done tasks whose result has come back
/// @param sentence why the operator wants so many workers; empty while it has not said
record Snapshot(
        OptionalLong backlog,
        OptionalLong ready,
        OptionalLong unacked,
        int desired,
        int readyPods,
        int pods,
        int busySlots,
        int done,
        String sentence) {}
