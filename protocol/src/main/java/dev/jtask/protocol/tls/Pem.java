package dev.jtask.protocol.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The one reader of PEM: certificates, and private keys as openssl, cert-manager and the JDK write them. Text around
/// the blocks, and blocks that nobody asked for, are passed over.
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private Pem() {}

    /// @param source what the user calls the text, such as its file
    /// @throws IllegalArgumentException naming the source, and nothing of the text
    public static List<X509Certificate> certificates(String text, String source) {
        var found = new ArrayList<X509Certificate>();
        for (var block : blocks(text)) {
            if (block.type.equals("CERTIFICATE") || block.type.equals("X509 CERTIFICATE")) {
                found.add(certificate(block.content(source), source));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("%s holds no certificate in PEM form".formatted(source));
        }
        return found;
    }

    /// As [#certificates], for the first key in it.
    public static PrivateKey privateKey(String text, String source) {
        for (var block : blocks(text)) {
            if (block.type.endsWith("PRIVATE KEY") && block.isEncrypted()) {
                throw new IllegalArgumentException(
                        "%s holds a key with a passphrase; take that off with: openssl pkey -in key.pem -out plain.pem"
                                .formatted(source));
            }
            var pkcs8 = pkcs8(block, source);
            if (pkcs8.isPresent()) {
                return key(pkcs8.get(), source);
            }
        }
        throw new IllegalArgumentException(
                "%s holds no private key in PEM form (PKCS #8, PKCS #1 or SEC 1)".formatted(source));
    }

    private static Optional<byte[]> pkcs8(Block block, String source) {
        return switch (block.type) {
            case "PRIVATE KEY" -> Optional.of(block.content(source));
            case "RSA PRIVATE KEY" -> Optional.of(Pkcs8.ofRsa(block.content(source)));
            case "EC PRIVATE KEY" ->
                Optional.of(Pkcs8.ofCurve(block.content(source)).orElseThrow(() -> unreadable(source, null)));
            default -> Optional.empty();
        };
    }

    private static PrivateKey key(byte[] pkcs8, String source) {
        @Nullable GeneralSecurityException last = null;
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw unreadable(source, last);
    }

    private static X509Certificate certificate(byte[] content, String source) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "%s holds a certificate that Java cannot read: %s".formatted(source, e.getMessage()), e);
        }
    }

    private static IllegalArgumentException unreadable(String source, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "%s holds a private key that Java cannot read; use RSA, ECDSA (P-256, P-384, P-521) or Ed25519"
                        .formatted(source),
                cause);
    }

    private static List<Block> blocks(String text) {
        return BLOCK.matcher(text)
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
    }

    private record Block(String type, String body) {

        boolean isEncrypted() {
            return type.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
        }

        byte[] content(String source) {
            try {
                return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
            } catch (IllegalArgumentException e) {
                // the decoder's message quotes its input
                throw new IllegalArgumentException("%s is cut or damaged: its base64 has an error".formatted(source));
            }
        }

        @Override
        public String toString() {
            return type;
        }
    }
}
