package dev.jtask.seal;

/// How one process protects what it sends, and reads what others have protected.
public record Seal(MessageSeal messages, ValueSeal values) {

    /// Not at all.
    public static final Seal NONE = new Seal(MessageSeal.NONE, ValueSeal.NONE);
}
