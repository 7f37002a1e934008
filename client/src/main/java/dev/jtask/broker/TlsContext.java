package dev.jtask.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS from PEM files, the form in which Kubernetes hands certificates to pods.
final class TlsContext {

    private static final char[] NO_PASSWORD = new char[0];

    private TlsContext() {}

    static SSLContext of(BrokerOptions options) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(options.certificate(), options.key()), trust(options.ca()), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot set up TLS for %s: %s".formatted(options, e.getMessage()), e);
        }
    }

    private static TrustManager @Nullable [] trust(@Nullable Path ca) throws GeneralSecurityException, IOException {
        if (ca == null) {
            return null;
        }
        var store = emptyStore();
        int index = 0;
        for (var certificate : certificates(ca)) {
            store.setCertificateEntry("ca-" + index++, certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(@Nullable Path certificate, @Nullable Path key)
            throws GeneralSecurityException, IOException {
        if (certificate == null || key == null) {
            return null;
        }
        var store = emptyStore();
        store.setKeyEntry(
                "client",
                privateKey(key),
                NO_PASSWORD,
                certificates(certificate).toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static List<Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        try (var in = Files.newInputStream(file)) {
            var certificates = new ArrayList<Certificate>(
                    CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (certificates.isEmpty()) {
                throw new IOException("%s holds no certificate in PEM form".formatted(file));
            }
            return certificates;
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
        var pem = Files.readString(file);
        if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new IOException(
                    "%s is no PKCS #8 key; convert it with: openssl pkcs8 -topk8 -nocrypt -in key.pem -out %s"
                            .formatted(file, file.getFileName()));
        }
        var spec = new PKCS8EncodedKeySpec(
                Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")));
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (GeneralSecurityException notRsa) {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        }
    }
}
