package dev.jtask.worker.delivery;

import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Parked messages without a broker: nothing expires unless the test says so.
final class FakeLot implements Lot {

    final Map<Place, WireMessage> parked = new ConcurrentHashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();

    /// From now on the broker does not answer.
    volatile boolean away;

    /// From now on it does what it is asked, and its answers are lost.
    volatile boolean mute;

    @Override
    public void put(Place place, WireMessage message) throws IOException {
        call("put");
        parked.put(place, message);
        if (mute) {
            throw new IOException("no confirm");
        }
    }

    @Override
    public boolean renew(Place place, WireMessage message) throws IOException {
        call("renew");
        return parked.replace(place, message) != null;
    }

    @Override
    public void remove(Place place) throws IOException {
        call("remove");
        parked.remove(place);
    }

    @Override
    public void close() {
        calls.add("close");
    }

    /// The only place that is taken.
    Place place() {
        return parked.keySet().iterator().next();
    }

    /// The lease of the only place that is taken is over, which nobody has heard of yet.
    WireMessage expire() {
        var place = place();
        var message = Objects.requireNonNull(parked.get(place));
        parked.remove(place);
        return message;
    }

    private void call(String name) throws IOException {
        calls.add(name);
        if (away) {
            throw new IOException("the broker is away");
        }
    }
}
