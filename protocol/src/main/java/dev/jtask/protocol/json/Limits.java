package dev.jtask.protocol.json;

import java.time.Duration;

/// All that bounds what one message may cost its reader. Whatever exceeds a limit is refused, and the refusal names it.
public final class Limits {

    /// Of a compressed body, expanded. JSON takes about six times its size while it is read, on each slot at once.
    public static final int EXPANDED_BYTES =
            (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    /// Of a body as it arrives. A long text in it is there four times while it is read.
    public static final int BODY_BYTES =
            (int) Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory() / 8);

    /// Of a body that costs next to nothing to read, whatever it holds.
    public static final int SMALL_BODY_BYTES =
            (int) Math.max(64 << 10, Runtime.getRuntime().maxMemory() / 512);

    /// Nested arrays and objects; what is written may go deeper, since a flow's steps are wrapped in others.
    public static final int JSON_DEPTH = 500;

    /// Values, names and brackets of one document: what it takes as a tree is at most a quarter of the heap.
    public static final long JSON_TOKENS =
            Math.max(1_000_000, Runtime.getRuntime().maxMemory() / 4 / 64);

    /// Digits of a number, and its exponent; Python itself reads 4,300 digits.
    public static final int NUMBER_LENGTH = 10_000;

    /// Bytes of a name in an object.
    public static final int NAME_LENGTH = 50_000;

    /// RabbitMQ's own limit for a message.
    public static final int STRING_LENGTH = 128 * 1024 * 1024;

    /// Signatures within signatures.
    public static final int SIGNATURE_NESTING = 100;

    /// Tasks that one launch of a flow sends: they are all there before the first is, in at most a quarter of the heap.
    public static final long LAUNCHED_TASKS =
            Math.max(100_000, Runtime.getRuntime().maxMemory() / 4 / 1024);

    /// Links and error callbacks that one launch of a flow copies into its tasks: they are sent as often.
    public static final long COPIED_SIGNATURES =
            Math.max(1_000_000, Runtime.getRuntime().maxMemory() / 4 / 64);

    /// Bytes of these copies. They are sent in turn, and take the broker's memory.
    public static final long COPIED_BYTES = 1L << 30;

    /// Of a body that is written: it is there twice then, beside what it is made of.
    public static final int WRITTEN_BYTES =
            (int) Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory() / 4);

    /// Values in a header table, those in its tables and arrays included.
    public static final int HEADER_VALUES = 4096;

    /// Characters of a header that is a text; all headers together have to fit into a frame of 128 KiB.
    public static final int HEADER_TEXT = 64 * 1024;

    /// Bytes of the headers that a signature has of its own; those of every task need room beside them.
    public static final int OWN_HEADERS_BYTES = 100_000;

    /// Tables and arrays within each other in a header table, itself among them; AMQP clients read 32.
    public static final int HEADER_DEPTH = 30;

    /// Bytes of what travels as a short string too: ids, and the names of queues.
    public static final int SHORT_BYTES = 255;

    /// Characters that an error quotes of a message.
    public static final int EXCERPT = 500;

    /// What anybody waits for, in a message or an option: a hundred years. No sum or clock ends so near.
    public static final Duration LONGEST = Duration.ofDays(36_525);

    /// Seconds of a time limit, a countdown or an expiry.
    public static final double SECONDS = LONGEST.toSeconds();

    private Limits() {}
}
