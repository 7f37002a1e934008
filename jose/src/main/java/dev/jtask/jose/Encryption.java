package dev.jtask.jose;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.AESDecrypter;
import com.nimbusds.jose.crypto.AESEncrypter;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.jtask.seal.SealException;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JWE in its compact form, by A256GCM. What a text belongs to goes with it, readable but not to be changed, so
/// that nobody can put the arguments of one task into the message of another.
final class Encryption {

    private static final String PURPOSE = "jtask";

    private final Keys keys;
    private final Clock clock;

    Encryption(Keys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// Whether there is a key for it, now or at another time.
    boolean isWanted() {
        return keys.now().encrypts();
    }

    /// @param belongsTo has to be given again by whoever reads it
    /// @throws IllegalStateException when there is no key for it
    String encrypt(byte[] plain, List<String> belongsTo) {
        var key = keys.now()
                .encrypting(clock.instant())
                .orElseThrow(() -> new IllegalStateException(
                        "%s is to be encrypted, and %s has no key for it now; add one with \"use\": \"enc\""
                                .formatted(shown(belongsTo), keys)));
        var header = new JWEHeader.Builder(algorithm(key), EncryptionMethod.A256GCM)
                .keyID(key.id())
                .customParam(PURPOSE, belongsTo)
                .build();
        try {
            var jwe = new JWEObject(header, new Payload(plain));
            jwe.encrypt(encrypter(key));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("%s cannot encrypt %s".formatted(key, shown(belongsTo)), e);
        }
    }

    /// @throws SealException naming the key that is missing, or what is wrong; never what is in the text
    byte[] decrypt(String text, List<String> belongsTo) throws SealException {
        JWEObject jwe;
        try {
            jwe = JWEObject.parse(text);
        } catch (ParseException | RuntimeException e) {
            throw SealException.unreadable("%s is said to be encrypted, and is no JWE".formatted(shown(belongsTo)));
        }
        var header = jwe.getHeader();
        var key = key(header.getKeyID(), belongsTo);
        if (!algorithm(key).equals(header.getAlgorithm())
                || !EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
                || header.getCompressionAlgorithm() != null) {
            throw SealException.unreadable("%s is encrypted by %s with %s, which %s is not for"
                    .formatted(shown(belongsTo), header.getAlgorithm(), header.getEncryptionMethod(), key));
        }
        try {
            jwe.decrypt(decrypter(key));
        } catch (JOSEException | RuntimeException e) {
            throw SealException.unreadable(
                    "%s cannot be decrypted by %s: it was changed, or the key is another of that kid"
                            .formatted(shown(belongsTo), key));
        }
        if (!belongsTo.equals(header.getCustomParam(PURPOSE))) {
            throw SealException.unreadable("%s is encrypted as a part of something else".formatted(shown(belongsTo)));
        }
        return jwe.getPayload().toBytes();
    }

    private Key.Secret key(@Nullable String id, List<String> belongsTo) throws SealException {
        if (id == null) {
            throw SealException.unreadable(
                    "%s is encrypted with a key that it does not name".formatted(shown(belongsTo)));
        }
        var known = keys.now().secret(id);
        return known.isPresent()
                ? known.get()
                : keys.fresh()
                        .secret(id)
                        .orElseThrow(() -> SealException.unreadable(
                                "%s is encrypted with key '%s', which %s does not have; add it there"
                                        .formatted(shown(belongsTo), Shown.of(id), keys)));
    }

    private static String shown(List<String> belongsTo) {
        return Shown.of(String.join(" ", belongsTo));
    }

    private static JWEAlgorithm algorithm(Key.Secret key) {
        return switch (key.how()) {
            case WRAPPED -> JWEAlgorithm.A256KW;
            case DIRECT -> JWEAlgorithm.DIR;
        };
    }

    private static JWEEncrypter encrypter(Key.Secret key) throws JOSEException {
        return switch (key.how()) {
            case WRAPPED -> new AESEncrypter(key.key());
            case DIRECT -> new DirectEncrypter(key.key());
        };
    }

    private static JWEDecrypter decrypter(Key.Secret key) throws JOSEException {
        return switch (key.how()) {
            case WRAPPED -> new AESDecrypter(key.key());
            case DIRECT -> new DirectDecrypter(key.key());
        };
    }
}
