package dev.jtask.jose;

import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// One key of a ring, which can do one thing. Shows its id only.
sealed interface Key {

    int SHARED_BYTES = 32;

    String id();

    /// When it may be written with.
    Time time();

    /// @param from null for always before
    /// @param until null for always after
    record Time(@Nullable Instant from, @Nullable Instant until) {

        boolean holds(Instant now) {
            return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
        }
    }

    /// For encryption: 256 bits that all have who read.
    record Secret(String id, Time time, SecretKey key, How how) implements Key {

        /// How a message gets its key.
        enum How {
            /// One of its own, wrapped by this one (A256KW).
            WRAPPED,
            /// This one (dir); not for more than some billions of messages.
            DIRECT
        }

        @Override
        public String toString() {
            return "key '%s' for encryption".formatted(id);
        }
    }

    /// For signatures.
    ///
    /// @param signer null where only the public half is there
    record Signing(
            String id,
            Time time,
            String algorithm,
            @Nullable JWSSigner signer,
            JWSVerifier verifier) implements Key {

        boolean canSign() {
            return signer != null;
        }

        @Override
        public String toString() {
            return "key '%s' for signatures".formatted(id);
        }
    }

    /// @throws IllegalArgumentException naming the key and what is wrong with it
    static Key of(JWK jwk) {
        var id = jwk.getKeyID();
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("a key has no kid; give each one, such as its date");
        }
        var time = new Time(instant(jwk.getNotBeforeTime()), instant(jwk.getExpirationTime()));
        var algorithm = jwk.getAlgorithm() == null ? "" : jwk.getAlgorithm().getName();
        if (jwk instanceof OctetSequenceKey shared) {
            return shared(shared, id, time, algorithm);
        }
        if (jwk instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)) {
            return Ed25519.key(pair, id, time);
        }
        throw new IllegalArgumentException(
                "key '%s' is of a kind that is not used; use oct, or OKP with the curve Ed25519".formatted(id));
    }

    private static Key shared(OctetSequenceKey jwk, String id, Time time, String algorithm) {
        var bytes = jwk.toByteArray();
        boolean signs = KeyUse.SIGNATURE.equals(jwk.getKeyUse()) || algorithm.equals("HS256");
        boolean encrypts = KeyUse.ENCRYPTION.equals(jwk.getKeyUse())
                || Set.of("A256KW", "dir").contains(algorithm);
        if (signs == encrypts) {
            throw new IllegalArgumentException(
                    "key '%s' must say what it is for: \"use\": \"enc\" or \"sig\"".formatted(id));
        }
        if (!algorithm.isEmpty()
                && !Set.of(signs ? "HS256" : "A256KW", signs ? "" : "dir").contains(algorithm)) {
            throw new IllegalArgumentException("key '%s' has the alg %s; use %s, or leave it away"
                    .formatted(id, algorithm, signs ? "HS256" : "A256KW or dir"));
        }
        if (signs ? bytes.length < SHARED_BYTES : bytes.length != SHARED_BYTES) {
            throw new IllegalArgumentException(
                    "key '%s' has %d bytes; use %d".formatted(id, bytes.length, SHARED_BYTES));
        }
        return signs
                ? Hmac.key(bytes, id, time)
                : new Secret(
                        id,
                        time,
                        new SecretKeySpec(bytes, "AES"),
                        algorithm.equals("dir") ? Secret.How.DIRECT : Secret.How.WRAPPED);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
