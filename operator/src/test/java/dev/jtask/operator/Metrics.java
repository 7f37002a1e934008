package dev.jtask.operator;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.ConfigProvider;

/// The operator's own metrics, as Prometheus reads them.
final class Metrics {

    private Metrics() {}

    static String read() {
        var url = ConfigProvider.getConfig().getValue("test.url", String.class) + "/q/metrics";
        try (var answer = URI.create(url).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(url, e);
        }
    }
}
