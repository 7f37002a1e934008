package dev.jtask.broker.tracing;

import org.jspecify.annotations.Nullable;

/// How a run has ended, as it may be shown.
///
/// @param outcome the word that metrics and logs have for it
/// @param state what its sender is told; null for nothing
/// @param thrown what its task threw; null for nothing
/// @param fault why it counts as an error; null where it does not
public record RunEnd(
        String outcome,
        @Nullable String state,
        @Nullable Thrown thrown,
        @Nullable Fault fault) {

    /// An exception, which is a value by now.
    ///
    /// @param traceback null when there is none to show
    public record Thrown(
            String type, String message, @Nullable String traceback) {}

    /// @param type of an exception, or a state
    public record Fault(String type, String reason) {}
}
