package dev.jtask.operator;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.ConfigProvider;

/// What the operator shows of itself, as Prometheus and the kubelet read it.
final class Metrics {

    private Metrics() {}

    static String read() {
        return read("/q/metrics");
    }

    /// @throws IllegalStateException when the answer is none of success
    static String read(String path) {
        var url = ConfigProvider.getConfig().getValue("test.url", String.class) + path;
        try (var answer = URI.create(url).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(url, e);
        }
    }
}
