package dev.jtask.broker;

import java.io.IOException;

/// A message is here without its body, for which there was no memory. It is neither run nor sent on, nor let go: with
/// it the body would be lost.
public final class OversizedException extends IOException {

    private static final long serialVersionUID = 1;

    private final String correlationId;

    OversizedException(long bytes, String correlationId) {
        super(
                "its body has %d bytes, of which this process can read %d; give it four times as much memory as the message"
                        .formatted(bytes, Oversized.MOST));
        this.correlationId = correlationId;
    }

    /// The id of a task, or of what answers one; empty when it has none.
    public String correlationId() {
        return correlationId;
    }
}
