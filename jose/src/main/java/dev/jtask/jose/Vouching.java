package dev.jtask.jose;

import dev.jtask.protocol.json.WireDates;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.SignalMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.SealException;
import dev.jtask.seal.Signatures;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether somebody vouches for a message: its signature holds, is neither of the future nor too old,
/// and was not used before.
final class Vouching {

    /// By which the clocks of two machines may differ.
    static final Duration SKEW = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Vouching.class);

    private final Signing signing;
    private final Signatures policy;
    private final Duration maxAge;
    private final Replays replays;
    private final Warnings warnings = new Warnings(LOG);
    private final Clock clock;

    Vouching(Signing signing, Signatures policy, Duration maxAge, Clock clock) {
        this.signing = signing;
        this.policy = policy;
        this.maxAge = maxAge;
        this.replays = new Replays(maxAge.plus(SKEW));
        this.clock = clock;
    }

    /// @return null when nobody does, and nobody minds
    /// @throws SealException when nobody does, and somebody must
    Signing.@Nullable Signed signature(WireMessage message) throws SealException {
        if (policy == Signatures.OFF) {
            return null;
        }
        try {
            return checked(message);
        } catch (SealException e) {
            if (policy == Signatures.REQUIRE) {
                throw e;
            }
            warnings.warn("%s; it runs all the same, since signatures are only warned of".formatted(e.getMessage()));
            return null;
        }
    }

    /// The message has done its work.
    void used(WireMessage message) {
        var nonce = Signing.nonce(message.properties().headers().get(JtaskHeaders.SIGNATURE));
        if (nonce != null && policy != Signatures.OFF) {
            replays.use(nonce, clock.instant());
        }
    }

    private Signing.Signed checked(WireMessage message) throws SealException {
        var headers = message.properties().headers();
        var signed = signing.verify(message, headers.get(JtaskHeaders.SIGNATURE));
        var now = clock.instant();
        if (signed.at().isAfter(now.plus(SKEW))) {
            throw SealException.forged(
                    "the message was signed at %s, in the future: a clock is wrong".formatted(signed.at()));
        }
        if (SignalMessage.isOne(message)) {
            return signed; // it lies until its task asks, again and again, and is taken for no other
        }
        var since = later(signed.at(), due(headers.get("eta"), signed.at()));
        if (signed.waits()) {
            since = later(since, waitsUntil(headers.get(JtaskHeaders.SIGNALS)));
        }
        if (since.plus(maxAge).plus(SKEW).isBefore(now)) {
            throw SealException.forged(
                    "the message was signed at %s, longer ago than %s; send it anew, or raise JTASK_SIGNATURES_MAX_AGE"
                            .formatted(signed.at(), maxAge));
        }
        if (replays.isUsed(signed.nonce())) {
            throw SealException.forged("the message with this signature has run here already: this one is a copy");
        }
        return signed;
    }

    /// The last end of those that a task waits for.
    private static Instant waitsUntil(@Nullable Object ends) {
        return ends instanceof Map<?, ?> table
                ? table.values().stream()
                        .filter(Number.class::isInstance)
                        .map(end -> Instant.ofEpochMilli(((Number) end).longValue()))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH)
                : Instant.EPOCH;
    }

    private static Instant due(@Nullable Object eta, Instant otherwise) {
        try {
            return eta instanceof String text ? WireDates.parse(text) : otherwise;
        } catch (DateTimeException e) {
            return otherwise; // whoever reads the message says what is wrong with it
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
