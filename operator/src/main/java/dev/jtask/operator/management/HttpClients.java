package dev.jtask.operator.management;

import dev.jtask.operator.secret.TlsMaterial;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// HTTP clients, one for all that trust and present the same, while anybody has it.
final class HttpClients {

    private final Map<TlsMaterial, WeakReference<HttpClient>> open = new HashMap<>();
    private final Duration timeout;

    /// @param timeout how long connecting may take
    HttpClients(Duration timeout) {
        this.timeout = timeout;
    }

    /// @throws ManagementException when the TLS material is unusable
    HttpClient of(TlsMaterial material) {
        synchronized (open) {
            open.values().removeIf(client -> client.get() == null);
            var known = open.get(material);
            var client = known == null ? null : known.get();
            if (client == null) {
                client = fresh(material);
                open.put(material, new WeakReference<>(client));
            }
            return client;
        }
    }

    private HttpClient fresh(TlsMaterial material) {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        TlsContext.of(material).ifPresent(http::sslContext);
        return http.build();
    }
}
