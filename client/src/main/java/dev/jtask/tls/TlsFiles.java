package dev.jtask.tls;

import dev.jtask.protocol.Internal;
import dev.jtask.protocol.tls.PemTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
/// @param options what the user calls the places where they are given, or would be
public record TlsFiles(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        Options options) {

    /// The JVM's authorities, no certificate.
    public static final TlsFiles NONE = new TlsFiles(null, null, null);

    /// @param ca such as `JTASK_TLS_CA`
    /// @param certificate such as `JTASK_TLS_CERT`; null where nobody can give one
    public record Options(String ca, @Nullable String certificate) {}

    public TlsFiles {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a client certificate and its key go together; give both or neither");
        }
    }

    public TlsFiles(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
        this(ca, certificate, key, new Options("tls(ca, …)", "tls(…, certificate, key)"));
    }

    /// These files, where the user gives authorities in another place, and no certificate.
    public TlsFiles withCaIn(String option) {
        return with(new Options(option, null));
    }

    /// These files, where the user gives both in other places.
    public TlsFiles with(Options places) {
        return new TlsFiles(ca, certificate, key, places);
    }

    /// What to do about a connection over TLS that did not come about, where whom we trust or as whom we come is, or
    /// may be, the reason; empty where something else is wrong.
    @Internal
    public Optional<String> remedy(Throwable failure) {
        return new Remedy(this).of(failure);
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

    static PemTls.Text text(Path file) throws IOException {
        var name = FileName.of(file);
        // not as UTF-8: comments may be in anything
        return new PemTls.Text(Files.readString(file, StandardCharsets.ISO_8859_1), name);
    }
}
