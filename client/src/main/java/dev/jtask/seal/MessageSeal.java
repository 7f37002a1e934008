package dev.jtask.seal;

import dev.jtask.protocol.message.WireMessage;

/// Protects messages. Safe for any thread; no call waits for anything but a file.
public interface MessageSeal {

    /// Nothing is protected, and no message costs anything.
    MessageSeal NONE = new MessageSeal() {

        @Override
        public WireMessage close(WireMessage message) {
            return message;
        }

        @Override
        public WireMessage open(WireMessage message) {
            return message;
        }

        @Override
        public WireMessage renew(WireMessage received, WireMessage changed) {
            return changed;
        }

        @Override
        public void used(WireMessage received) {}
    };

    /// A message as it goes out.
    ///
    /// @throws IllegalStateException when it is to be protected, and the key for that is not there
    WireMessage close(WireMessage message);

    /// A message as it was before it was closed; the same object where nothing protects it.
    ///
    /// @throws SealException when it must not be used
    WireMessage open(WireMessage message) throws SealException;

    /// A message that is sent once more with other headers, such as one from the dead letters. One whose
    /// signature does not hold does not get a good one.
    WireMessage renew(WireMessage received, WireMessage changed);

    /// The task of a message has ended, so that the same message again is a copy.
    void used(WireMessage received);
}
