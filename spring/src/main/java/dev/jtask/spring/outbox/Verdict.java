package dev.jtask.spring.outbox;

/// What the broker said to a message.
sealed interface Verdict {

    /// It has it: the row goes.
    record Sent() implements Verdict {}

    /// It will never take it: the row stays, and is not tried again.
    record Refused(String reason) implements Verdict {}

    /// Not now: the row stays, and is tried again.
    record Later(String reason) implements Verdict {}
}
