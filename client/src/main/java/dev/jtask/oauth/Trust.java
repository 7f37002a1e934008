package dev.jtask.oauth;

import dev.jtask.protocol.tls.PemTls;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Whom to believe as the authorization server.
interface Trust {

    /// Null for the JVM's authorities.
    ///
    /// @throws IOException naming what cannot be used
    @Nullable
    SSLContext context() throws IOException;

    /// What to do about a server that nobody vouches for; empty where something else is wrong.
    Optional<String> remedy(Throwable failure);

    static Trust in(TlsFiles files) {
        return new Trust() {
            @Override
            public @Nullable SSLContext context() throws IOException {
                return files.isNone() ? null : files.context();
            }

            @Override
            public Optional<String> remedy(Throwable failure) {
                return files.remedy(failure);
            }
        };
    }

    static Trust in(PemTls.Text authorities) {
        return new Trust() {
            @Override
            public SSLContext context() throws IOException {
                try {
                    return PemTls.context(PemTls.trust(authorities), null);
                } catch (IllegalArgumentException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }

            @Override
            public Optional<String> remedy(Throwable failure) {
                return Optional.empty();
            }
        };
    }
}
