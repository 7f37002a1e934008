package dev.jtask.broker;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.protocol.time.Pauses;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages for tests: a text and where it goes.
final class Parcels {

    static final Charset TEXT = StandardCharsets.UTF_8;

    /// Tries everything three times, with pauses that a test does not feel.
    static final Patience THRICE =
            new Patience(2, 2, new Pauses(Duration.ofMillis(1), Duration.ofMillis(2)), Duration.ZERO);

    /// Never gives up, with pauses that a test does not feel.
    static final Patience ENDLESS = new Patience(
            Patience.FOREVER, Patience.FOREVER, new Pauses(Duration.ofMillis(1), Duration.ofMillis(2)), Duration.ZERO);

    private Parcels() {}

    static WireMessage message(String text) {
        return new WireMessage(WireProperties.json(WireProperties.PERSISTENT, Map.of()), text.getBytes(TEXT));
    }

    /// With a message id of its sender's.
    static WireMessage message(String text, @Nullable String id) {
        var message = message(text);
        return new WireMessage(
                message.properties().withOthers(new WireProperties.Others(id, null, null, null, null)), message.body());
    }

    static Parcel reply(String queue, String text) {
        return Parcel.reply(queue, message(text));
    }

    static Parcel tasks(String queue, String text) {
        return Parcel.tasks(Route.toQueue(queue), message(text));
    }

    static Parcel foreign(String exchange, String text) {
        return Parcel.tasks(new Route(exchange, "key"), message(text));
    }

    static Parcel delayed(String queue, String text) {
        return Parcel.delayed(queue, message(text), Duration.ofSeconds(3));
    }

    static Parcel large(String queue) {
        return Parcel.reply(queue, message("x".repeat((1 << 20) + 1)));
    }
}
