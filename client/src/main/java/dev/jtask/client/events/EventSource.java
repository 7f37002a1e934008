package dev.jtask.client.events;

import dev.jtask.protocol.Internal;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.List;

/// Where events come from.
@Internal
@FunctionalInterface
public interface EventSource {

    /// Hears all that is published with these keys from its return on, until it is ended; after a loss again.
    ///
    /// @return ends it
    /// @throws IOException naming the broker and why nothing can be heard
    Runnable listen(List<String> keys, Ear ear) throws IOException;

    /// Who listens. It neither waits nor throws.
    @Internal
    interface Ear {

        void hear(WireMessage message);

        /// Something came that is no message any more.
        void unreadable(String why);
    }

    /// For clients without a broker.
    static EventSource none(String why) {
        return (keys, ear) -> {
            throw new UnsupportedOperationException(why);
        };
    }
}
