package dev.jtask.client.events;

import dev.jtask.protocol.event.EventCodec;
import dev.jtask.protocol.message.WireMessage;

/// From messages to events, each of a batch by itself. What is none is counted.
final class Reception implements EventSource.Ear {

    private final EventBuffer buffer;
    private final Tally unreadable;

    Reception(EventBuffer buffer, Tally unreadable) {
        this.buffer = buffer;
        this.unreadable = unreadable;
    }

    @Override
    public void hear(WireMessage message) {
        try {
            var read = EventCodec.decode(message);
            long size = message.body().length / Math.max(1, read.events().size());
            read.events().forEach(event -> buffer.put(EventReader.read(event), size));
            read.refused().forEach(this::unreadable);
        } catch (RuntimeException e) { // the boundary to what anybody may publish: the next message may be one
            unreadable(e.toString());
        }
    }

    @Override
    public void unreadable(String why) {
        unreadable.add(why);
    }
}
