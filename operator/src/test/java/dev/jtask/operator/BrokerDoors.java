package dev.jtask.operator;

import dev.jtask.operator.depth.OpenedLine;
import dev.jtask.operator.management.HttpManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.secret.BrokerHosts;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.secret.Secrets;
import dev.jtask.operator.secret.ShortHosts;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Both ways of the operator to a broker, by nothing but a Secret's values.
final class BrokerDoors {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private BrokerDoors() {}

    /// What the operator's log says when they are tried, by AMQP and at the management API; empty for one that opens.
    static List<String> complaints(Map<String, String> secret) {
        var read = read(secret);
        return List.of(amqp(read), management(read));
    }

    /// In a JVM of its own: each argument is a file that holds a Secret's value and has the name of its key.
    public static void main(String[] files) throws IOException {
        var secret = new HashMap<String, String>();
        for (var file : files) {
            secret.put(Path.of(file).getFileName().toString(), Files.readString(Path.of(file)));
        }
        complaints(secret).forEach(System.out::println);
    }

    private static String amqp(BrokerSecret secret) {
        try {
            OpenedLine.to(secret.amqp());
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String management(BrokerSecret secret) {
        try {
            HttpManagementApi.open(secret.access(), PATIENCE).read(Set.of("any"));
            return "";
        } catch (ManagementException e) {
            return e.inFull();
        }
    }

    private static BrokerSecret read(Map<String, String> values) {
        var secret = stored(values);
        var reading = new Secrets(
                        (namespace, name) -> Optional.of(secret),
                        BrokerHosts.ANY,
                        ShortHosts.AS_THEY_ARE,
                        PATIENCE,
                        Clock.systemUTC())
                .read("default", "rabbitmq");
        if (reading instanceof SecretReading.Usable(var usable)) {
            return usable;
        }
        throw new IllegalArgumentException(reading.toString());
    }

    /// As the API server keeps it.
    private static Secret stored(Map<String, String> values) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("rabbitmq")
                .endMetadata()
                .withData(values.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> Base64.getEncoder()
                                        .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))))
                .build();
    }
}
