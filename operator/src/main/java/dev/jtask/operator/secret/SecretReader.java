package dev.jtask.operator.secret;

import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a Secret's keys into a [BrokerSecret]: `uri`, or `host`, `username`, `password` and perhaps `port` and `vhost`
/// (the names of the service binding specification, which RabbitMQ's cluster operator writes); `managementUri` where
/// the API is not on the broker's host and usual port; `ca.crt`, `tls.crt` and `tls.key` for TLS.
final class SecretReader {

    private static final List<String> TLS_KEYS = List.of("ca.crt", "tls.crt", "tls.key");
    private static final List<String> PARTS = List.of("host", "username", "password");
    /// What may stand in the user part of a URI as it is: Kubernetes puts values together but encodes nothing.
    private static final Pattern URI_SAFE = Pattern.compile("[A-Za-z0-9\\-._~!$&'()*,;=]*");

    private final String name;
    private final String version;
    private final Map<String, String> values;

    private SecretReader(String name, String version, Map<String, String> values) {
        this.name = name;
        this.version = version;
        this.values = values;
    }

    /// Reads a Secret.
    ///
    /// @param name the name asked for, for messages
    /// @param secret what the API answered, null when there is none
    static SecretReading read(String namespace, String name, @Nullable Secret secret) {
        if (secret == null) {
            return new SecretReading.Missing(
                    ("Secret %s does not exist in namespace %s; create it with the key uri (amqp://user:password@host:5672/vhost)"
                                    + " or correct spec.broker.secretRef.name")
                            .formatted(name, namespace));
        }
        try {
            var version = Optional.ofNullable(secret.getMetadata().getResourceVersion());
            return new SecretReading.Usable(new SecretReader(name, version.orElse("0"), decode(secret)).read());
        } catch (IllegalArgumentException e) {
            return new SecretReading.Invalid("Secret %s %s".formatted(name, e.getMessage()));
        }
    }

    private BrokerSecret read() {
        var tlsKeys = new LinkedHashSet<>(TLS_KEYS);
        tlsKeys.retainAll(values.keySet());
        if (values.containsKey("tls.crt") != values.containsKey("tls.key")) {
            throw new IllegalArgumentException("has only one of tls.crt and tls.key; add the other or remove it");
        }
        if (values.containsKey("uri")) {
            return new BrokerSecret(name, version, fromUri(), new WorkerUri.Whole(), tlsKeys);
        }
        var missing = PARTS.stream().filter(key -> !values.containsKey(key)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "has no key uri and lacks %s; add uri, or host, username and password (keys present: %s)"
                            .formatted(String.join(", ", missing), values.isEmpty() ? "none" : present()));
        }
        return new BrokerSecret(name, version, fromParts(), parts(), tlsKeys);
    }

    private BrokerAccess fromUri() {
        var uri = uri("uri");
        if (uri.getHost() == null || !List.of("amqp", "amqps").contains(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "has a uri that is not of the form amqp://user:password@host:5672/vhost (or amqps://); correct the key uri");
        }
        var user =
                Optional.ofNullable(uri.getRawUserInfo()).orElse("guest:guest").split(":", 2);
        var path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return new BrokerAccess(
                management(uri.getScheme().equals("amqps"), uri.getHost()),
                decoded(user[0]),
                user.length > 1 ? decoded(user[1]) : "",
                path.length() > 1 ? decoded(path.substring(1)) : "/",
                tls());
    }

    private BrokerAccess fromParts() {
        for (var key : List.of("username", "password")) {
            if (!URI_SAFE.matcher(value(key)).matches()) {
                throw new IllegalArgumentException(
                        "has a %s with characters that a URI must percent-encode; add the key uri with the encoded form"
                                .formatted(key));
            }
        }
        return new BrokerAccess(
                management(encrypted(), value("host")), value("username"), value("password"), vhost(), tls());
    }

    private WorkerUri.Parts parts() {
        var port = values.containsKey("port") ? null : encrypted() ? "5671" : "5672";
        var path = URLEncoder.encode(vhost(), StandardCharsets.UTF_8).replace("+", "%20");
        return new WorkerUri.Parts(encrypted() ? "amqps" : "amqp", port, path);
    }

    private boolean encrypted() {
        return "5671".equals(values.get("port")) || values.containsKey("ca.crt");
    }

    private String vhost() {
        return values.getOrDefault("vhost", "/");
    }

    private URI management(boolean encrypted, String host) {
        if (values.containsKey("managementUri")) {
            var given = uri("managementUri");
            if (given.getHost() == null || !List.of("http", "https").contains(given.getScheme())) {
                throw new IllegalArgumentException(
                        "has a managementUri that is not of the form http://host:15672 (or https://); correct or remove it");
            }
            var port = given.getPort() < 0 ? "" : ":" + given.getPort();
            var path = Optional.ofNullable(given.getRawPath()).orElse("").replaceAll("/(api/?)?$", "");
            return URI.create(given.getScheme() + "://" + given.getHost() + port + path);
        }
        return URI.create(encrypted ? "https://" + host + ":15671" : "http://" + host + ":15672");
    }

    private URI uri(String key) {
        try {
            return URI.create(value(key).strip());
        } catch (IllegalArgumentException e) {
            // the parser's message quotes its input, password included
            throw new IllegalArgumentException(
                    "has a %s that is not a URI (is a character in the password not percent-encoded?); correct it"
                            .formatted(key));
        }
    }

    private TlsMaterial tls() {
        return new TlsMaterial(values.get("ca.crt"), values.get("tls.crt"), values.get("tls.key"));
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }

    private String present() {
        return String.join(", ", values.keySet().stream().sorted().toList());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Map<String, String> decode(Secret secret) {
        var values = new LinkedHashMap<String, String>();
        Optional.ofNullable(secret.getStringData()).ifPresent(values::putAll);
        Optional.ofNullable(secret.getData())
                .ifPresent(data -> data.forEach((key, value) -> values.put(key, text(key, value))));
        values.values().removeIf(String::isBlank);
        return values;
    }

    private static String text(String key, String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "has a value under %s that is not base64; write it again".formatted(key));
        }
    }
}
