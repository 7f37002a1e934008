package dev.jtask.broker;

import dev.jtask.protocol.time.Pauses;
import dev.jtask.task.request.PublishRetry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// How often a message is published again when the broker does not have it for a reason that may pass.
///
/// @param losses retries after the connection was lost; [#FOREVER] without limit
/// @param nacks retries after the broker did not take it, as a full queue does; [#FOREVER] without limit
/// @param pauses between tries
/// @param total after which the sender gives up in any case; zero without limit
/// @param mayRepeat whether it may be there twice: false where that is worse than an error, whatever the broker does
public record Patience(int losses, int nacks, Pauses pauses, Duration total, boolean mayRepeat) {

    public static final int FOREVER = Integer.MAX_VALUE;

    /// For what must not get lost: as long as anybody is there to try.
    public static final Patience ENDLESS =
            new Patience(FOREVER, FOREVER, new Pauses(Duration.ofMillis(100), Duration.ofSeconds(30)), Duration.ZERO);

    /// For results: a reply queue that stays full some three seconds is given up.
    public static final Patience RESULT =
            new Patience(FOREVER, 5, new Pauses(Duration.ofMillis(200), Duration.ofSeconds(10)), Duration.ZERO);

    /// For what a running task gives out: it waits for a reply queue that is full, and soon sees that there is
    /// room.
    public static final Patience PIECE =
            new Patience(FOREVER, FOREVER, new Pauses(Duration.ofMillis(50), Duration.ofSeconds(1)), Duration.ZERO);

    /// For what has another place to go to, or can stay where it is: a queue that stays full for a moment is given up.
    public static final Patience COPY =
            new Patience(FOREVER, 3, new Pauses(Duration.ofMillis(100), Duration.ofSeconds(1)), Duration.ZERO);

    public Patience(int losses, int nacks, Pauses pauses, Duration total) {
        this(losses, nacks, pauses, total, true);
    }

    /// Whether nobody waits for the end of it.
    boolean isEndless() {
        return losses == FOREVER && total.isZero();
    }

    /// A single try.
    public static Patience none(Duration total) {
        return new Patience(0, 0, Pauses.USUAL, total);
    }

    /// What a client asks for; a full queue is told at once.
    public static Patience of(PublishRetry retry, Duration total) {
        var least = Duration.ofMillis(1);
        var cap = Collections.max(List.of(retry.maxWait(), least));
        var first = Collections.min(List.of(cap, Collections.max(List.of(retry.step(), least))));
        return new Patience(retry.maxRetries(), 0, new Pauses(first, cap), total, retry.maxRetries() > 0);
    }
}
