package dev.jtask.operator.management;

import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.protocol.tls.PemTls;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What an HTTP client needs of a Secret's TLS material.
final class TlsContext {

    private TlsContext() {}

    /// @return empty for the platform's defaults
    /// @throws ManagementException when a text is not what its key says
    static Optional<SSLContext> of(TlsMaterial material) {
        var authority = text(material.authority(), "ca.crt");
        var certificate = text(material.certificate(), "tls.crt");
        var key = text(material.key(), "tls.key");
        if (authority == null && certificate == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(PemTls.context(
                    authority == null ? null : PemTls.trust(authority),
                    certificate == null || key == null ? null : PemTls.identity(certificate, key)));
        } catch (IllegalArgumentException e) {
            throw new ManagementException(ManagementException.Fault.CREDENTIALS, "the Secret's " + e.getMessage(), e);
        }
    }

    private static PemTls.@Nullable Text text(@Nullable String content, String source) {
        return content == null ? null : new PemTls.Text(content, source);
    }
}
