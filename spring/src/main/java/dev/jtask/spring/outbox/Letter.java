package dev.jtask.spring.outbox;

import dev.jtask.broker.Parcel;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.time.Duration;
import java.time.Instant;

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

    /// How long it is to wait yet; zero or less for no time.
    ///
    /// @throws IllegalArgumentException when its properties cannot be read
    Duration delay(Instant now) {
        // who gets it from an exchange knows its queue, and lets it wait there
        return route.isQueue()
                ? StoredProperties.due(properties)
                        .map(due -> Duration.between(now, due))
                        .orElse(Duration.ZERO)
                : Duration.ZERO;
    }
}
