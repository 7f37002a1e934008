package dev.jtask.spring.outbox;

import java.time.Duration;

/// How much is in the table.
///
/// @param waiting messages that are to be sent
/// @param refused messages that the broker will never take, set aside
/// @param oldest how long the first of those that wait has waited; zero where none does
public record Level(long waiting, long refused, Duration oldest) {

    /// The same some time later, as far as one can tell.
    Level after(Duration time) {
        return waiting == 0 ? this : new Level(waiting, refused, oldest.plus(time));
    }
}
