package dev.jtask.worker.delivery;

import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.time.Duration;

/// Where messages are parked. Every call waits for the broker, and may be made again when it failed.
public interface Lot extends AutoCloseable {

    /// The queue of one parked message.
    ///
    /// @param backTo the queue to which the message goes when it is not renewed within the lease
    record Place(String queue, String backTo, Duration lease) {}

    /// Afterwards the broker surely has the message, once.
    ///
    /// @throws IOException when it may have it or not
    void put(Place place, WireMessage message) throws IOException;

    /// Begins the lease anew.
    ///
    /// @return false when the message is not there any more: its lease was over
    /// @throws IOException when that is not known
    boolean renew(Place place, WireMessage message) throws IOException;

    /// Afterwards the broker does not have the message any more, nor its place.
    void remove(Place place) throws IOException;

    @Override
    void close();
}
