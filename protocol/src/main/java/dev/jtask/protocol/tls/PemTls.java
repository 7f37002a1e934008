package dev.jtask.protocol.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom to trust and as whom to come, from PEM.
public final class PemTls {

    private static final int SESSION_SECONDS = 1;

    private static final char[] NO_PASSWORD = {};

    private PemTls() {}

    /// A PEM text and what the user calls it, such as its file; shows the name only.
    public record Text(String content, String source) {

        @Override
        public String toString() {
            return source;
        }
    }

    /// Trusts these authorities and no others.
    ///
    /// @throws IllegalArgumentException naming the source and what is wrong with it
    public static X509ExtendedTrustManager trust(Text authorities) {
        try {
            var store = emptyStore();
            for (var certificate : Pem.certificates(authorities.content, authorities.source)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return only(X509ExtendedTrustManager.class, factory.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("%s cannot be used: %s".formatted(authorities, e.getMessage()), e);
        }
    }

    /// Comes with this certificate, which its chain may follow.
    ///
    /// @param key PKCS #8, PKCS #1 or SEC 1
    /// @throws IllegalArgumentException naming the source and what is wrong with it
    public static X509ExtendedKeyManager identity(Text certificate, Text key) {
        try {
            var chain = Pem.certificates(certificate.content, certificate.source);
            var secret = Pem.privateKey(key.content, key.source);
            if (!Pairs.match(chain.get(0).getPublicKey(), secret)) {
                throw new IllegalArgumentException(
                        "%s is not the key of the certificate in %s".formatted(key, certificate));
            }
            var store = emptyStore();
            store.setKeyEntry("client", secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return only(X509ExtendedKeyManager.class, factory.getKeyManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "%s and %s cannot be used: %s".formatted(certificate, key, e.getMessage()), e);
        }
    }

    /// For sockets and HTTP clients that are told of [TlsVersions].
    ///
    /// @param trust null for the JVM's authorities
    /// @param identity null to come without a certificate
    public static SSLContext context(@Nullable TrustManager trust, @Nullable KeyManager identity) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    identity == null ? null : new KeyManager[] {identity},
                    trust == null ? null : new TrustManager[] {trust},
                    null);
            // a session that is resumed asks for no certificate again, whatever has become of both
            context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS: " + e.getMessage(), e);
        }
    }

    private static <T> T only(Class<T> type, Object[] managers) throws GeneralSecurityException {
        return Stream.of(managers)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("this JVM has no " + type.getSimpleName()));
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
