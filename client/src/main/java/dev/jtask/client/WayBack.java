package dev.jtask.client;

import dev.jtask.protocol.json.WireDates;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.MessageSeal;
import dev.jtask.seal.SealException;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A letter as it goes back: without what says of its end, with all its retries to come, and without an expiry that has
/// passed, which would end it without a word.
final class WayBack {

    private static final String RETRIES = "retries";
    private static final String EXPIRES = "expires";
    private static final String COMPRESSION = "compression";
    private static final String TASK = "task";

    private final MessageSeal seal;
    private final Clock clock;

    /// A message, and its queue.
    record Going(String queue, WireMessage message) {}

    WayBack(MessageSeal seal, Clock clock) {
        this.seal = seal;
        this.clock = clock;
    }

    /// Not changed by anybody, whatever is in it.
    Going asItWas(DeadLetter letter) {
        var received = letter.message();
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(received.properties().headers());
        headers.keySet().removeIf(WayBack::isTrail);
        headers.replace(RETRIES, 0);
        headers.computeIfPresent(EXPIRES, (name, time) -> hasPassed(time) ? null : time);
        var restored = new WireMessage(received.properties().withHeaders(headers), received.body());
        return new Going(letter.queue(), seal.renew(received, restored));
    }

    /// With what somebody changes. It is encrypted again when it was, and signed again when it was signed well.
    ///
    /// @throws IllegalStateException when it cannot be changed: it is no task, or this client cannot read it
    /// @throws IllegalArgumentException when no worker would read what it is changed to
    Going edited(DeadLetter letter, UnaryOperator<LetterEdit> change) {
        var received = letter.message();
        var task = decoded(letter);
        var edit = change.apply(new LetterEdit(task.task(), task.args(), task.kwargs(), letter.queue()));
        boolean same = edit.args().equals(task.args()) && edit.kwargs().equals(task.kwargs());
        var properties = received.properties();
        Map<String, @Nullable Object> headers = new LinkedHashMap<>(task.customHeaders());
        headers.keySet().removeIf(WayBack::isTrail);
        var compression = properties.headers().get(COMPRESSION);
        if (compression != null) {
            headers.put(COMPRESSION, compression);
        }
        var expires = task.expires();
        var now = clock.instant();
        var changed = task.toBuilder()
                .args(edit.args())
                .kwargs(edit.kwargs())
                .repr(same ? task.argsRepr() : null, same ? task.kwargsRepr() : null)
                .retries(0)
                .expires(expires == null || expires.isBefore(now) ? null : expires)
                .customHeaders(headers)
                .others(properties.others().withoutUser())
                .build();
        var written = with(TaskCodec.encode(changed, now), TASK, edit.task());
        return new Going(edit.queue(), seal.renew(received, with(seal.close(written), JtaskHeaders.SIGNATURE, null)));
    }

    private TaskMessage decoded(DeadLetter letter) {
        try {
            var result = TaskCodec.decode(seal.open(letter.message()));
            if (result instanceof DecodeResult.Decoded decoded) {
                return decoded.task();
            }
            throw unchangeable(letter, ((DecodeResult.Malformed) result).reason(), null);
        } catch (SealException e) {
            throw unchangeable(letter, String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalStateException unchangeable(DeadLetter letter, String why, @Nullable Throwable cause) {
        return new IllegalStateException(
                "letter '%s' of task '%s' cannot be changed: %s; it can be sent back as it is"
                        .formatted(letter.id(), letter.task(), why),
                cause);
    }

    /// @param value null for none
    private static WireMessage with(WireMessage message, String header, @Nullable Object value) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(message.properties().headers());
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    /// RabbitMQ before 4.0.1 takes a republished x-death for a cycle.
    private static boolean isTrail(String header) {
        return JtaskHeaders.isTrail(header) || header.contains("-death");
    }

    private boolean hasPassed(@Nullable Object time) {
        if (!(time instanceof String text)) {
            return false;
        }
        try {
            return WireDates.parse(text).isBefore(clock.instant());
        } catch (DateTimeException e) {
            return false; // the worker says what is wrong with it
        }
    }
}
