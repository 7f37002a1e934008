package dev.jtask.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The loops without which a worker is not alive, by the time since each last showed that it is at work. While
/// it drains they end, and nobody asks.
record Loops(Supplier<Duration> supervisor, Supplier<Duration> sender, Supplier<Duration> intake) {

    /// Longer than anything takes that is no waiting for the broker.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /// Those that stand still, each in a sentence.
    List<String> silent() {
        var silent = new ArrayList<String>();
        add(silent, "the supervisor", supervisor.get());
        add(silent, "the sender", sender.get());
        add(silent, "the intake", intake.get());
        return silent;
    }

    private static void add(List<String> silent, String who, Duration since) {
        if (since.compareTo(SILENCE) > 0) {
            silent.add("%s has not moved for %d s".formatted(who, since.toSeconds()));
        }
    }
}
