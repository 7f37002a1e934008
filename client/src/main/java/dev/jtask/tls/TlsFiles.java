package dev.jtask.tls;

import dev.jtask.protocol.Internal;
import dev.jtask.protocol.tls.PemTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXReason;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// PEM files for one end of a connection. They are read again for each handshake, so that a certificate that was
/// renewed is used from the next connection on.
///
/// @param ca authorities to trust instead of the JVM's
/// @param certificate to come with, and its chain
/// @param key its private key
/// @param caOption what the user calls the place where `ca` is given, or would be
public record TlsFiles(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        String caOption) {

    /// The JVM's authorities, no certificate.
    public static final TlsFiles NONE = new TlsFiles(null, null, null);

    public TlsFiles {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a client certificate and its key go together; give both or neither");
        }
    }

    public TlsFiles(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
        this(ca, certificate, key, "tls(ca, …)");
    }

    /// The same, where the user gives authorities in another place, such as `JTASK_TLS_CA`.
    public TlsFiles withCaIn(String option) {
        return new TlsFiles(ca, certificate, key, option);
    }

    /// What to do about a server that nobody vouches for; empty where something else is wrong.
    @Internal
    public Optional<String> remedy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isDistrust(cause)) {
                return Optional.of(
                        ca == null
                                ? "none of the JVM's authorities vouches for it; give the one that does in " + caOption
                                : "no authority in the file of %s vouches for it; add the one that does"
                                        .formatted(caOption));
            }
        }
        return Optional.empty();
    }

    private static boolean isDistrust(Throwable cause) {
        return cause instanceof CertPathBuilderException
                || (cause instanceof CertPathValidatorException invalid
                        && invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR);
    }

    public boolean isNone() {
        return ca == null && certificate == null;
    }

    /// Null for the JVM's authorities.
    ///
    /// @throws IOException naming the file that cannot be used
    public @Nullable X509ExtendedTrustManager trust() throws IOException {
        return ca == null ? null : new RenewedTrust(Renewed.of(() -> PemTls.trust(text(ca))));
    }

    /// Null for none.
    ///
    /// @throws IOException naming the file that cannot be used
    public @Nullable KeyManager identity() throws IOException {
        return certificate == null || key == null
                ? null
                : new RenewedIdentity(Renewed.of(() -> PemTls.identity(text(certificate), text(key))));
    }

    /// Of both.
    ///
    /// @throws IOException naming the file that cannot be used
    public SSLContext context() throws IOException {
        return PemTls.context(trust(), identity());
    }

    /// For a server, one for each connection: of what the files say at the time, and of what they said before while
    /// they cannot be used.
    ///
    /// @throws IOException naming the file that cannot be used
    public Supplier<SSLContext> contexts() throws IOException {
        return Renewed.of(() -> PemTls.context(
                ca == null ? null : PemTls.trust(text(ca)),
                certificate == null || key == null ? null : PemTls.identity(text(certificate), text(key))))::now;
    }

    /// Which of them there are: what was given for a path may be a key.
    @Override
    public String toString() {
        return "TlsFiles[ca=%b, certificate=%b, key=%b]".formatted(ca != null, certificate != null, key != null);
    }

    private static PemTls.Text text(Path file) throws IOException {
        var name = FileName.of(file);
        // not as UTF-8: comments may be in anything
        return new PemTls.Text(Files.readString(file, StandardCharsets.ISO_8859_1), name);
    }
}
