package dev.jtask.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;

/// HMAC-SHA256: whoever can check a signature can make one.
final class Hmac {

    private Hmac() {}

    static Key.Signing key(byte[] secret, String id, Key.Time time) {
        try {
            return new Key.Signing(
                    id, time, JWSAlgorithm.HS256.getName(), new MACSigner(secret), new MACVerifier(secret));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("key '%s' cannot be used with HS256".formatted(id), e);
        }
    }
}
