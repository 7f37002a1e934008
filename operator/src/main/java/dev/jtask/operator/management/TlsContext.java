package dev.jtask.operator.management;

import dev.jtask.operator.secret.TlsMaterial;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// What an HTTP client needs of a Secret's TLS material.
final class TlsContext {

    private TlsContext() {}

    /// @return empty for the platform's defaults
    /// @throws ManagementException when a text is not what its key says
    static Optional<SSLContext> of(TlsMaterial material) {
        try {
            return material.context();
        } catch (IllegalArgumentException e) {
            throw new ManagementException(ManagementException.Fault.CREDENTIALS, "the Secret's " + e.getMessage(), e);
        }
    }
}
