package dev.jtask.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.util.Base64URL;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.SealException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Detached JWS over [SignedText]: by Ed25519, or by HMAC-SHA256 where all who check may sign as well.
final class Signing {

    private static final String ISSUED = "iat";
    private static final String NONCE = "jti";
    /// True where the signature is over what the task waits for, too.
    private static final String WAITS = "waits";

    private final Keys keys;
    private final Clock clock;

    /// A signature that holds.
    ///
    /// @param nonce which only signatures of the same message have
    /// @param waits whether it is over what the task waits for, too
    record Signed(Instant at, String nonce, boolean waits) {}

    Signing(Keys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// Whether there is a key for it, now or at another time.
    boolean isWanted() {
        return keys.now().signs();
    }

    /// Whether there is a key to sign with now.
    boolean canSign() {
        return keys.now().signing(clock.instant()).isPresent();
    }

    /// As a message of its own.
    ///
    /// @throws IllegalStateException when there is no key for it
    String sign(WireMessage message) {
        return sign(message, UUID.randomUUID().toString());
    }

    /// @param nonce of the message that it was so far
    /// @throws IllegalStateException when there is no key for it
    String sign(WireMessage message, String nonce) {
        var now = clock.instant();
        var key = keys.now().signing(now).orElse(null);
        var signer = key == null ? null : key.signer();
        if (key == null || signer == null) {
            throw new IllegalStateException(
                    "the message is to be signed, and %s has no key for it now; add one with \"use\": \"sig\" and its private half"
                            .formatted(keys));
        }
        var header = new JWSHeader.Builder(JWSAlgorithm.parse(key.algorithm()))
                .keyID(key.id())
                .customParam(ISSUED, now.getEpochSecond())
                .customParam(NONCE, nonce);
        boolean waits = message.properties().headers().containsKey(JtaskHeaders.SIGNALS);
        if (waits) {
            header.customParam(WAITS, true);
        }
        try {
            var jws = new JWSObject(header.build(), new Payload(SignedText.of(message, waits)));
            jws.sign(signer);
            return jws.serialize(true);
        } catch (JOSEException e) {
            throw new IllegalStateException("%s cannot sign".formatted(key), e);
        }
    }

    /// Whether, when and by whom it was signed, is all that is looked at.
    ///
    /// @throws SealException naming the key that is missing, or what is wrong
    Signed verify(WireMessage message, @Nullable Object signature) throws SealException {
        if (!(signature instanceof String text) || text.isEmpty()) {
            throw SealException.forged("the message is not signed, and this worker runs none that is not");
        }
        JWSObject jws;
        try {
            jws = JWSObject.parse(text, new Payload(SignedText.of(message, waits(head(text)))));
        } catch (ParseException | RuntimeException e) {
            throw SealException.forged("the message's signature is no detached JWS");
        }
        var header = jws.getHeader();
        var key = key(header.getKeyID());
        if (!key.algorithm().equals(header.getAlgorithm().getName())) {
            throw SealException.forged(
                    "the message is signed by %s, which %s is not for".formatted(header.getAlgorithm(), key));
        }
        try {
            if (!jws.verify(key.verifier())) {
                throw SealException.forged(
                        "the message's signature by %s is wrong: the message was changed, or the key is another of that kid"
                                .formatted(key));
            }
        } catch (JOSEException | IllegalStateException e) {
            throw SealException.forged("the message's signature by %s cannot be checked".formatted(key));
        }
        if (header.getCustomParam(ISSUED) instanceof Number at
                && header.getCustomParam(NONCE) instanceof String nonce) {
            return new Signed(
                    Instant.ofEpochSecond(Math.max(0, Math.min(at.longValue(), 1L << 40))), nonce, waits(header));
        }
        throw SealException.forged("the message's signature does not say when it was made");
    }

    /// The nonce of a signature that has been found to hold; null where there is none.
    static @Nullable String nonce(@Nullable Object signature) {
        if (!(signature instanceof String text)) {
            return null;
        }
        try {
            return head(text).getCustomParam(NONCE) instanceof String nonce ? nonce : null;
        } catch (ParseException | RuntimeException e) {
            return null;
        }
    }

    private static JWSHeader head(String signature) throws ParseException {
        return JWSHeader.parse(new Base64URL(signature.split("\\.", 2)[0]));
    }

    private static boolean waits(JWSHeader header) {
        return Boolean.TRUE.equals(header.getCustomParam(WAITS));
    }

    private Key.Signing key(@Nullable String id) throws SealException {
        if (id == null) {
            throw SealException.forged("the message's signature does not name its key");
        }
        var known = keys.now().verifying(id);
        return known.isPresent()
                ? known.get()
                : keys.fresh()
                        .verifying(id)
                        .orElseThrow(() -> SealException.forged(
                                "the message is signed with key '%s', which %s does not have; add it there, or its public half"
                                        .formatted(Shown.of(id), keys)));
    }
}
