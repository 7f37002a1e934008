package dev.jtask.spring.outbox;

import dev.jtask.broker.Parcel;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;

/// A row of the table: a message as it is to be published.
///
/// @param id in the order of writing
/// @param properties as text, which somebody may have edited
@SuppressWarnings("ArrayRecordComponent") // one is like no other
record Letter(long id, Route route, String properties, byte[] body) {

    /// @throws IllegalArgumentException when its properties cannot be read
    Parcel parcel() {
        var message = new WireMessage(StoredProperties.read(properties), body);
        return new Parcel(route, message, StoredProperties.upkeep(properties));
    }
}
