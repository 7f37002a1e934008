package dev.jtask.protocol.message;

import java.util.Set;

/// The headers that jtask adds to messages; every name once. Whoever may publish may also write them, so that none of
/// them is trusted with anything but the message that carries it.
public final class JtaskHeaders {

    private static final String PREFIX = "x-jtask-";

    /// How often the message came again without having come to an end.
    public static final String REDELIVERIES = PREFIX + "redeliveries";

    /// How often the message was put off, since its task was at a limit that workers share.
    public static final String PUT_OFF = PREFIX + "put-off";

    /// Of a task that waits for signals: until when, by the signals' names, in milliseconds since 1970; -1 for one
    /// whose time is over.
    public static final String SIGNALS = PREFIX + "signals";

    /// Of a dead letter: why it is here, in a sentence.
    public static final String REASON = PREFIX + "reason";

    /// Of a dead letter: the queue it was taken from.
    public static final String QUEUE = PREFIX + "queue";

    /// Of a dead letter: how often it was tried, from 1.
    public static final String ATTEMPT = PREFIX + "attempt";

    /// Of a dead letter: the exception's class and message, absent when none was thrown.
    public static final String EXCEPTION = PREFIX + "exception";

    /// Of a task that runs once for each key.
    public static final String IDEMPOTENCY_KEY = PREFIX + "idempotency-key";

    /// The window of [#IDEMPOTENCY_KEY] in whole seconds; a day without it.
    public static final String IDEMPOTENCY_WINDOW = PREFIX + "idempotency-window";

    /// Of a task whose sender reads what it emits: true. Not inherited, for each piece is a message, and
    /// Celery's `rpc://` backend gives a task up that has 1,000 unread ones.
    public static final String PIECES = PREFIX + "pieces";

    /// Of a chord's body: true where it gets how each member ended, however that was, and not their results.
    public static final String ENDS = PREFIX + "ends";

    /// In place of headers that the AMQP client cannot read: why.
    public static final String UNREADABLE = PREFIX + "unreadable";

    /// In place of headers whose body was dropped while it arrived: how large that was, as the process itself marks it.
    public static final String OVERSIZED = PREFIX + "oversized";

    /// Of a scheduled task: the schedule's name.
    public static final String SCHEDULE = PREFIX + "schedule";

    /// Of a scheduled task: when it was due, as ISO 8601.
    public static final String SCHEDULED_TIME = PREFIX + "scheduled-time";

    /// How the message is protected: words of [Protection]; what follows from it is protected alike.
    public static final String PROTECTION = PREFIX + "protection";

    /// A signature over the body and the headers, as a detached JWS.
    public static final String SIGNATURE = PREFIX + "signature";

    private static final Set<String> TRAIL = Set.of(REDELIVERIES, PUT_OFF, SIGNALS, REASON, QUEUE, ATTEMPT, EXCEPTION);

    private JtaskHeaders() {}

    /// Whether workers have noted it on a message's way. It ends when the message is sent anew; what the sender has
    /// written does not.
    public static boolean isTrail(String header) {
        return TRAIL.contains(header);
    }
}
