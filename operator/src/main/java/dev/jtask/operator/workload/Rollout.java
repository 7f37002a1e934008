package dev.jtask.operator.workload;

/// What became of the attempt to make the Deployment what it shall be.
public sealed interface Rollout {

    /// It is what it shall be; whether something had to be written does not matter.
    record Done() implements Rollout {}

    /// It is left as it is, since the broker's Secret cannot be used.
    record Held() implements Rollout {}

    /// It is left as it is, since somebody asked for that.
    record Paused() implements Rollout {}

    /// It was not made so this time; what was asked for may be right.
    ///
    /// @param message what went wrong
    record Failed(String message) implements Rollout {}

    /// The one that is there goes, and another can be made when it is gone.
    ///
    /// @param message which one, and what it waits for
    record Ending(String message) implements Rollout {}

    /// It cannot be made so.
    ///
    /// @param reason the condition's reason
    /// @param message what is wrong and the fix
    record Rejected(String reason, String message) implements Rollout {}
}
