package dev.jtask.protocol.message;

import java.util.Arrays;

/// A message as it travels: properties and an opaque body. The body is never changed after construction.
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record WireMessage(WireProperties properties, byte[] body) {

    @Override
    public boolean equals(Object other) {
        return other instanceof WireMessage that
                && properties.equals(that.properties)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * properties.hashCode() + Arrays.hashCode(body);
    }

    /// Sizes only: a body may hold what must not be logged.
    @Override
    public String toString() {
        return "WireMessage[%d header(s), %d bytes]"
                .formatted(properties.headers().size(), body.length);
    }
}
