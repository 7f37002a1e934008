package dev.jtask.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/// Ed25519 of the JDK for Nimbus, whose own needs a further library.
final class Ed25519 {

    private static final String NAME = "Ed25519";
    private static final int BYTES = 32;
    private static final int SIGN_BIT = 0x80;

    private Ed25519() {}

    static Key.Signing key(OctetKeyPair pair, String id, Key.Time time) {
        try {
            var factory = KeyFactory.getInstance(NAME);
            var verifier = new Verifier(factory.generatePublic(
                    new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(pair.getDecodedX()))));
            var d = pair.getDecodedD();
            var signer = d == null
                    ? null
                    : new Signer(factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, d)));
            return new Key.Signing(id, time, JWSAlgorithm.EdDSA.getName(), signer, verifier);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("key '%s' is no Ed25519 key".formatted(id));
        }
    }

    /// RFC 8032: the coordinate y, least byte first, with the sign of x in the last bit.
    private static EdECPoint point(byte[] encoded) {
        if (encoded.length != BYTES) {
            throw new IllegalArgumentException("not " + BYTES + " bytes");
        }
        var y = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            y[i] = encoded[BYTES - 1 - i];
        }
        boolean odd = (y[0] & SIGN_BIT) != 0;
        y[0] &= (byte) ~SIGN_BIT;
        return new EdECPoint(odd, new BigInteger(1, y));
    }

    private static final class Signer extends BaseJWSProvider implements JWSSigner {

        private final PrivateKey key;

        Signer(PrivateKey key) {
            super(Set.of(JWSAlgorithm.EdDSA));
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
            try {
                var signature = Signature.getInstance(NAME);
                signature.initSign(key);
                signature.update(input);
                return Base64URL.encode(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new JOSEException("Ed25519 fails", e);
            }
        }
    }

    private static final class Verifier extends BaseJWSProvider implements JWSVerifier {

        private final PublicKey key;

        Verifier(PublicKey key) {
            super(Set.of(JWSAlgorithm.EdDSA));
            this.key = key;
        }

        @Override
        public boolean verify(JWSHeader header, byte[] input, Base64URL given) throws JOSEException {
            try {
                var signature = Signature.getInstance(NAME);
                signature.initVerify(key);
                signature.update(input);
                return signature.verify(given.decode());
            } catch (SignatureException | InvalidKeyException e) {
                return false; // not of the right length or shape
            } catch (GeneralSecurityException e) {
                throw new JOSEException("Ed25519 fails", e);
            }
        }
    }
}
