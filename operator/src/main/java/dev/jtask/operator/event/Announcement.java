package dev.jtask.operator.event;

import dev.jtask.protocol.text.Beginning;

/// Something that happened to a pool.
///
/// @param reason what happened, past tense in CamelCase
/// @param message the same for people, with figures
public record Announcement(EventType type, String reason, String message) {

    private static final int LONGEST = 4_000;

    public Announcement {
        message = Beginning.of(message, LONGEST);
    }

    public static Announcement normal(String reason, String message) {
        return new Announcement(EventType.NORMAL, reason, message);
    }

    public static Announcement warning(String reason, String message) {
        return new Announcement(EventType.WARNING, reason, message);
    }
}
