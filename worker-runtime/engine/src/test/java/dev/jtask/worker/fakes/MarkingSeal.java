package dev.jtask.worker.fakes;

import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.MessageSeal;
import dev.jtask.seal.SealException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes on a message what it was asked for, opens none that says that it is bad, and keeps what was used.
public final class MarkingSeal implements MessageSeal {

    private final List<WireMessage> used = new ArrayList<>();

    public List<WireMessage> used() {
        return List.copyOf(used);
    }

    @Override
    public WireMessage close(WireMessage message) {
        var words = Protection.words(Protection.of(message.properties().headers()));
        return Given.wire(message, Map.of("closed", words));
    }

    @Override
    public WireMessage open(WireMessage message) throws SealException {
        if (message.properties().headers().containsKey("bad")) {
            throw SealException.forged("it is bad");
        }
        return message;
    }

    @Override
    public WireMessage renew(WireMessage received, WireMessage changed) {
        return Given.wire(
                changed, Map.of("renewed", received.properties().headers().getOrDefault("id", "")));
    }

    @Override
    public void used(WireMessage received) {
        used.add(received);
    }
}
