package dev.jtask.seal;

/// A message or a value must not be used; the message says why and what to do, and shows nothing that is protected.
public final class SealException extends Exception {

    /// What is known of the one who sent it.
    public enum Sender {
        /// It may be the one whom the message names, who can be answered.
        POSSIBLE,
        /// Anybody: nothing that the message says is believed, not even whose it is.
        UNKNOWN
    }

    private final Sender sender;

    private SealException(String message, Sender sender) {
        super(message);
        this.sender = sender;
    }

    /// It cannot be read here.
    public static SealException unreadable(String message) {
        return new SealException(message, Sender.POSSIBLE);
    }

    /// Nobody vouches for it.
    public static SealException forged(String message) {
        return new SealException(message, Sender.UNKNOWN);
    }

    public Sender sender() {
        return sender;
    }
}
