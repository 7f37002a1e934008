package dev.jtask.operator.broker;

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

/// The PEM texts a Secret may carry for TLS; [#toString()] shows only which of them there are.
///
/// @param authority the certificates to trust, key `ca.crt`
/// @param certificate the certificate to present, key `tls.crt`
/// @param key its PKCS #8 private key, key `tls.key`
public record TlsMaterial(
        @Nullable String authority,
        @Nullable String certificate,
        @Nullable String key) {

    /// The platform's trust, no client certificate.
    public static final TlsMaterial NONE = new TlsMaterial(null, null, null);

    private static final char[] NO_PASSWORD = {};

    /// What an HTTP client needs; empty for the platform's defaults.
    ///
    /// @throws ManagementException when a text is not what its key says
    Optional<SSLContext> context() {
        if (authority == null && certificate == null) {
            return Optional.empty();
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(identity(), trust(), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new ManagementException(
                    ManagementException.Cause.CREDENTIALS,
                    "the Secret's ca.crt, tls.crt or tls.key is not PEM that Java reads; the key must be PKCS #8"
                            + " (openssl pkcs8 -topk8 -nocrypt)",
                    e);
        }
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
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

    private KeyManager @Nullable [] identity() throws GeneralSecurityException, IOException {
        if (certificate == null || key == null) {
            return null;
        }
        var chain = List.copyOf(certificates(certificate));
        var store = emptyStore();
        store.setKeyEntry(
                "client",
                privateKey(chain.getFirst().getPublicKey().getAlgorithm()),
                NO_PASSWORD,
                chain.toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private PrivateKey privateKey(String algorithm) throws GeneralSecurityException {
        var text = key == null ? "" : key.replaceAll("-----[^-]+-----|\\s", "");
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

    @Override
    public String toString() {
        return "TLS[authority=%s, certificate=%s]".formatted(authority != null, certificate != null);
    }
}
