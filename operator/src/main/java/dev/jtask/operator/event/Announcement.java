package dev.jtask.operator.event;

/// Something that happened to a pool.
///
/// @param reason past tense in CamelCase
public record Announcement(Events.Kind kind, String reason, String message) {}
