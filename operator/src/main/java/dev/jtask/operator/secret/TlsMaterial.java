package dev.jtask.operator.secret;

import dev.jtask.protocol.tls.PemTls;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The PEM texts a Secret may carry for TLS; [#toString()] shows only which of them there are.
///
/// @param authority the certificates to trust, key `ca.crt`
/// @param certificate the certificate to present, key `tls.crt`
/// @param key its private key, key `tls.key`
public record TlsMaterial(
        @Nullable String authority,
        @Nullable String certificate,
        @Nullable String key) {

    /// The platform's trust, no client certificate.
    public static final TlsMaterial NONE = new TlsMaterial(null, null, null);

    /// @return empty for the platform's defaults
    /// @throws IllegalArgumentException when a text is not what its key says
    public Optional<SSLContext> context() {
        if (authority == null && certificate == null) {
            return Optional.empty();
        }
        return Optional.of(PemTls.context(
                authority == null ? null : PemTls.trust(new PemTls.Text(authority, "ca.crt")),
                certificate == null || key == null
                        ? null
                        : PemTls.identity(new PemTls.Text(certificate, "tls.crt"), new PemTls.Text(key, "tls.key"))));
    }

    @Override
    public String toString() {
        return "TLS[authority=%s, certificate=%s]".formatted(authority != null, certificate != null);
    }
}
