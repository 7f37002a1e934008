package dev.jtask.client;

import dev.jtask.protocol.Internal;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import java.io.IOException;

/// Where signals are given.
@Internal
@FunctionalInterface
public interface SignalPost {

    /// Keeps the value until its task takes it, and wakes the task if it waits.
    ///
    /// @return false when there is a value already, which stays
    /// @throws IOException when that is not known, or one of both may not be done
    boolean give(SignalPlace at, WireMessage value) throws IOException;
}
