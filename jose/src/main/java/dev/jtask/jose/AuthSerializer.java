package dev.jtask.jose;

import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.AuthFiles;
import dev.jtask.seal.SealException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Objects;

/// Celery's `auth` serializer: signer, signature, content type, encoding and body with separators between, in
/// base64. Signed is the body alone, by RSA-PSS with SHA-256 and the longest salt.
final class AuthSerializer {

    static final String CONTENT_TYPE = "application/data";

    private static final byte[] SEPARATOR = {0, 1};
    private static final int DIGEST_BYTES = 32;
    private static final int BITS = 8;

    private final Reread<Map<Path, String>, Certificates> certificates;
    private final Clock clock;

    /// @throws IllegalArgumentException naming the file that cannot be used and what is wrong with it
    AuthSerializer(AuthFiles files, Clock clock) {
        this.certificates = new Reread<>(
                "auth files of " + files.store(),
                () -> Certificates.read(files),
                texts -> Certificates.of(files, texts),
                System::nanoTime);
        this.clock = clock;
    }

    static boolean isPacked(WireMessage message) {
        return Objects.equals(message.properties().contentType(), CONTENT_TYPE);
    }

    /// @param message whose body is JSON
    WireMessage pack(WireMessage message) {
        var signer = certificates.now();
        try {
            var plain = TaskCodec.uncompressed(message);
            var properties = plain.properties();
            var fields = new ByteArrayOutputStream();
            fields.writeBytes(signer.name().getBytes(StandardCharsets.UTF_8));
            fields.writeBytes(SEPARATOR);
            fields.writeBytes(sign(plain.body(), signer));
            for (var text : new String[] {properties.contentType(), properties.contentEncoding()}) {
                fields.writeBytes(SEPARATOR);
                fields.writeBytes(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
            }
            fields.writeBytes(SEPARATOR);
            fields.writeBytes(plain.body());
            return new WireMessage(
                    properties.withContent(CONTENT_TYPE, "utf-8"),
                    Base64.getEncoder().encode(fields.toByteArray()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the message cannot be signed for Celery's auth serializer", e);
        }
    }

    /// @throws SealException naming the signer that nobody here knows, or what is wrong
    WireMessage unpack(WireMessage packed) throws SealException {
        byte[] fields;
        WireMessage message;
        try {
            message = TaskCodec.uncompressed(packed);
            fields = Base64.getDecoder().decode(message.body());
        } catch (IOException | IllegalArgumentException e) {
            throw SealException.forged("the message is said to be of Celery's auth serializer, and is no base64");
        }
        int first = separator(fields, 0);
        var signer = new String(fields, 0, first, StandardCharsets.UTF_8);
        var certificate = known(signer);
        int start = first + SEPARATOR.length;
        int end = start + signatureBytes(certificate);
        if (end + SEPARATOR.length > fields.length) {
            throw cut();
        }
        int type = end + SEPARATOR.length;
        int encoding = separator(fields, type) + SEPARATOR.length;
        int body = separator(fields, encoding) + SEPARATOR.length;
        var content = Arrays.copyOfRange(fields, body, fields.length);
        verify(content, Arrays.copyOfRange(fields, start, end), certificate, signer);
        return new WireMessage(
                message.properties()
                        .withContent(
                                new String(fields, type, encoding - SEPARATOR.length - type, StandardCharsets.UTF_8),
                                new String(
                                        fields, encoding, body - SEPARATOR.length - encoding, StandardCharsets.UTF_8)),
                content);
    }

    private X509Certificate known(String signer) throws SealException {
        var known = certificates.now().named(signer);
        var certificate = known.isPresent()
                ? known.get()
                : certificates
                        .fresh()
                        .named(signer)
                        .orElseThrow(() -> SealException.forged(
                                "the message is signed by '%s', whose certificate is not in the store; put it there"
                                        .formatted(Shown.of(signer))));
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return certificate;
        } catch (CertificateException e) {
            throw SealException.forged("the message is signed by '%s', whose certificate is not valid now (until %s)"
                    .formatted(Shown.of(signer), certificate.getNotAfter().toInstant()));
        }
    }

    private static byte[] sign(byte[] body, Certificates signer) throws GeneralSecurityException {
        var signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(parameters((RSAKey) signer.key()));
        signature.initSign(signer.key());
        signature.update(body);
        return signature.sign();
    }

    private static void verify(byte[] body, byte[] given, X509Certificate certificate, String signer)
            throws SealException {
        try {
            var signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(parameters((RSAKey) certificate.getPublicKey()));
            // not by the certificate, whose key usage Celery does not look at
            signature.initVerify(certificate.getPublicKey());
            signature.update(body);
            if (signature.verify(given)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // a signature of the wrong shape is a wrong one
        }
        throw SealException.forged(
                "the message's signature by '%s' is wrong: it was changed on the way".formatted(Shown.of(signer)));
    }

    /// The longest salt that fits beside the digest.
    private static PSSParameterSpec parameters(RSAKey key) {
        int encoded = (key.getModulus().bitLength() - 1 + BITS - 1) / BITS;
        return new PSSParameterSpec(
                "SHA-256",
                "MGF1",
                MGF1ParameterSpec.SHA256,
                encoded - DIGEST_BYTES - 2,
                PSSParameterSpec.TRAILER_FIELD_BC);
    }

    private static int signatureBytes(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAKey key
                ? (key.getModulus().bitLength() + BITS - 1) / BITS
                : 0;
    }

    private static int separator(byte[] fields, int from) throws SealException {
        for (int i = from; i + 1 < fields.length; i++) {
            if (fields[i] == SEPARATOR[0] && fields[i + 1] == SEPARATOR[1]) {
                return i;
            }
        }
        throw cut();
    }

    private static SealException cut() {
        return SealException.forged(
                "the message is said to be of Celery's auth serializer, and has not its five fields");
    }
}
