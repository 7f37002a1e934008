package dev.jtask.protocol.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/// Whether two keys belong together: files that are exchanged one after the other do not for a moment.
final class Pairs {

    private static final byte[] PROOF = {1, 2, 3};

    private Pairs() {}

    static boolean match(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        if (!kind(open.getAlgorithm()).equals(kind(secret.getAlgorithm()))) {
            return false;
        }
        var algorithm = switch (kind(open.getAlgorithm())) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> "";
        };
        if (algorithm.isEmpty()) {
            return true; // the handshake will tell
        }
        var signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(PROOF);
        var signed = signature.sign();
        signature.initVerify(open);
        signature.update(PROOF);
        return signature.verify(signed);
    }

    private static String kind(String algorithm) {
        return algorithm.startsWith("Ed") ? "EdDSA" : algorithm;
    }
}
