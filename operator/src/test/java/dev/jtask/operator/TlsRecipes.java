package dev.jtask.operator;

import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What docs/security.md says of TLS with cert-manager, for a broker on this machine.
///
/// @param amqps its port for AMQP
/// @param https that of its management API
record TlsRecipes(int amqps, int https) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:yaml|ini)\\n(.*?)^```$");
    private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---$");

    /// The first of cert-manager's manifests: those for brokers and who talks to them.
    List<Map<?, ?>> manifests() {
        return DOCUMENTS
                .splitAsStream(block("secretName: rabbitmq-server").replace("rabbitmq.shop.svc", "localhost"))
                .<Map<?, ?>>map(text -> Pools.YAML.unmarshal(text, Map.class))
                .toList();
    }

    /// The broker's configuration.
    ///
    /// @param mounted where it sees its Secret
    String broker(Path mounted) {
        return block("ssl_options")
                .replace("/etc/rabbitmq/tls", mounted.toString())
                .replace("listeners.ssl.default = 5671", "listeners.ssl.1 = 127.0.0.1:" + amqps)
                .replace(
                        "management.ssl.port = 15671", "management.ssl.ip = 127.0.0.1\nmanagement.ssl.port = " + https);
    }

    /// What is added to the Secret that cert-manager writes, and that Secret.
    Map<String, String> secret(Map<String, String> issued) {
        var added = Pools.YAML.unmarshal(block("managementUri: https"), Secret.class);
        var all = new LinkedHashMap<>(issued);
        added.getStringData()
                .forEach((key, value) -> all.put(
                        key,
                        value.replace("rabbitmq.shop.svc:5671", "localhost:" + amqps)
                                .replace("rabbitmq.shop.svc:15671", "localhost:" + https)));
        return all;
    }

    private static String block(String with) {
        try {
            return BLOCK.matcher(Files.readString(Path.of("../docs/security.md")))
                    .results()
                    .map(match -> match.group(1))
                    .filter(block -> block.contains(with))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
