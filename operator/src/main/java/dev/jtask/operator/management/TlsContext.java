package dev.jtask.operator.management;

import dev.jtask.operator.secret.TlsMaterial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// What an HTTP client needs of a Secret's TLS material.
final class TlsContext {

    private static final char[] NO_PASSWORD = {};

    private TlsContext() {}

    /// @return empty for the platform's defaults
    /// @throws ManagementException when a text is not what its key says
    static Optional<SSLContext> of(TlsMaterial material) {
        if (material.authority() == null && material.certificate() == null) {
            return Optional.empty();
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(identity(material.certificate(), material.key()), trust(material.authority()), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new ManagementException(
                    ManagementException.Fault.CREDENTIALS,
                    "the Secret's ca.crt, tls.crt or tls.key is not PEM that Java reads; the key must be PKCS #8"
                            + " (openssl pkcs8 -topk8 -nocrypt)",
                    e);
        }
    }

    private static TrustManager @Nullable [] trust(@Nullable String authority)
            throws GeneralSecurityException, IOException {
        if (authority == null) {
            return null;
        }
        var store = emptyStore();
        for (var certificate : certificates(authority)) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] identity(@Nullable String certificate, @Nullable String key)
            throws GeneralSecurityException, IOException {
        if (certificate == null || key == null) {
            return null;
        }
        var chain = List.copyOf(certificates(certificate));
        var store = emptyStore();
        store.setKeyEntry(
                "client",
                privateKey(key, chain.getFirst().getPublicKey().getAlgorithm()),
                NO_PASSWORD,
                chain.toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static PrivateKey privateKey(String pem, String algorithm) throws GeneralSecurityException {
        var text = pem.replaceAll("-----[^-]+-----|\\s", "");
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        return store;
    }
}
