package dev.jtask.seal;

/// What becomes of messages whose signature is missing or wrong.
public enum Signatures {
    /// They are put to the dead letters, unanswered.
    REQUIRE,
    /// They run, and the log says so: for the time until all who send have keys.
    WARN,
    /// Nobody looks.
    OFF
}
