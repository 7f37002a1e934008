package dev.jtask.operator.secret;

/// What came of reading the Secret of a pool.
public sealed interface SecretReading {

    /// The Secret names a broker.
    record Usable(BrokerSecret secret) implements SecretReading {}

    /// There is no such Secret.
    ///
    /// @param message the Secret and the fix, one sentence
    record Missing(String message) implements SecretReading {}

    /// The Secret is there but names no broker.
    ///
    /// @param message what is wrong and the fix, without any value of the Secret
    record Invalid(String message) implements SecretReading {}

    /// Kubernetes did not show the Secret: what was known of it before still holds.
    ///
    /// @param message why and the fix
    record Unreadable(String message) implements SecretReading {}
}
