package dev.jtask.operator.management;

import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.protocol.tls.TlsVersions;
import java.net.http.HttpClient;
import java.time.Duration;

/// HTTP clients, one for all that trust and present the same, while anybody has it.
final class HttpClients {

    private final WhileUsed<TlsMaterial, HttpClient> open = new WhileUsed<>(this::fresh);
    private final Duration timeout;

    /// @param timeout how long connecting may take
    HttpClients(Duration timeout) {
        this.timeout = timeout;
    }

    /// @throws ManagementException when the TLS material is unusable
    HttpClient of(TlsMaterial material) {
        return open.of(material);
    }

    private HttpClient fresh(TlsMaterial material) {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslParameters(TlsVersions.parameters())
                .connectTimeout(timeout);
        TlsContext.of(material).ifPresent(http::sslContext);
        return http.build();
    }
}
