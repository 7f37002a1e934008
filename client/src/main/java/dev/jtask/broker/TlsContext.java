package dev.jtask.broker;

import java.io.IOException;
import javax.net.ssl.SSLContext;

/// TLS with a broker.
final class TlsContext {

    private TlsContext() {}

    static SSLContext of(BrokerOptions options) throws IOException {
        var given = options.context();
        try {
            return given == null ? options.tls().context() : given.get();
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new IOException("cannot set up TLS for %s: %s".formatted(options, e.getMessage()), e);
        }
    }
}
