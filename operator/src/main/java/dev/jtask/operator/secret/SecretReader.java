package dev.jtask.operator.secret;

import dev.jtask.operator.digest.Digests;
import dev.jtask.protocol.uri.BrokerUri;
import dev.jtask.protocol.uri.ServerUri;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a Secret's keys into a [BrokerSecret]: `uri`, or `host`, `username`, `password` and perhaps `port` and `vhost`
/// (the names of the service binding specification, which RabbitMQ's cluster operator writes); `managementUri` where
/// the API is not on the broker's host and usual port, or has a user of its own; `ca.crt`, `tls.crt` and `tls.key` for
/// TLS; and the [SecretKeys] of a login by token, beside a `uri` without one.
final class SecretReader {

    private static final List<String> TLS_KEYS = List.of("ca.crt", "tls.crt", "tls.key");
    static final ServerUri.Form MANAGEMENT =
            new ServerUri.Form("management URI", Set.of("http", "https"), "http://user:password@host:15672");
    private static final List<String> PARTS = List.of("host", "username", "password");
    private static final List<String> ALL_PARTS = List.of("host", "port", "username", "password", "vhost");
    private static final Set<String> READ = Set.of(
            "uri",
            "managementUri",
            "host",
            "port",
            "username",
            "password",
            "vhost",
            "ca.crt",
            "tls.crt",
            "tls.key",
            SecretKeys.OAUTH_TOKEN_URI,
            SecretKeys.OAUTH_CLIENT_ID,
            SecretKeys.OAUTH_CLIENT_SECRET);
    private static final List<String> WORKER_PARTS = List.of("host", "port", "username", "password");
    private static final int FINGERPRINT_BYTES = 4;
    /// What may stand in the user part of a URI as it is: Kubernetes puts values together but encodes nothing.
    private static final Pattern URI_SAFE = Pattern.compile("[A-Za-z0-9\\-._~!$&'()*,;=]*");

    private final String name;
    private final Map<String, String> values;

    private SecretReader(String name, Map<String, String> values) {
        this.name = name;
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
            return new SecretReading.Usable(new SecretReader(name, decode(secret)).read());
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
        if (!values.containsKey("uri")) {
            requireBare();
        }
        Plaintext.refuse(values);
        if (values.containsKey("uri")) {
            var brokers = brokers("uri", value("uri"));
            var oauth = OAuthKeys.read(values, brokers);
            return new BrokerSecret(
                    name,
                    fingerprint(List.of("uri")),
                    fromUri(brokers, oauth),
                    new AmqpAccess(brokers, tls(), oauth),
                    new WorkerUri.Whole(),
                    tlsKeys);
        }
        OAuthKeys.requireNone(values);
        var missing = PARTS.stream().filter(key -> !values.containsKey(key)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "has no key uri and lacks %s; add uri, or host, username and password (keys present: %s)"
                            .formatted(String.join(", ", missing), present()));
        }
        var access = fromParts();
        return new BrokerSecret(name, fingerprint(WORKER_PARTS), access, amqpFromParts(), parts(), tlsKeys);
    }

    /// Workers get the values as they are, so that nothing may be left out of them here.
    private void requireBare() {
        for (var key : ALL_PARTS) {
            if (!value(key).equals(value(key).strip())) {
                throw new IllegalArgumentException(
                        "has a line break or blank at an end of its key %s, as echo writes it; write it with printf or kubectl create secret --from-literal"
                                .formatted(key));
            }
        }
    }

    /// Of what workers read once: anything else in the Secret may change without a restart of them. So short that it
    /// tells a rotation and says next to nothing of the password, since whoever may read pods sees it.
    private String fingerprint(List<String> keys) {
        // the later ones only where they are: who has none must not restart for them
        var later = OAuthKeys.READ_ONCE.stream().filter(values::containsKey);
        var used = Stream.concat(Stream.concat(keys.stream(), TLS_KEYS.stream()), later)
                .map(key -> key + "=" + values.getOrDefault(key, ""))
                .collect(Collectors.joining("\0"));
        return Digests.of(used, FINGERPRINT_BYTES);
    }

    private static List<BrokerUri> brokers(String key, String uri) {
        try {
            return BrokerUri.list(uri);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "has a %s that cannot be used: %s; correct the key %1$s".formatted(key, e.getMessage()));
        }
    }

    /// As the workers' own URI is put together.
    private AmqpAccess amqpFromParts() {
        var parts = parts();
        var port = parts.port() == null ? value("port") : parts.port();
        var uri = "%s://%s:%s@%s:%s/%s"
                .formatted(parts.scheme(), value("username"), value("password"), value("host"), port, parts.path());
        return new AmqpAccess(brokers("host or port", uri), tls());
    }

    private BrokerAccess fromUri(List<BrokerUri> brokers, @Nullable OAuthAccess oauth) {
        var doors = brokers.stream()
                .map(broker -> new ManagementDoor(
                        usual(broker.tls(), ServerUri.shown(broker.host())),
                        oauth == null ? broker.login() : null,
                        broker.vhost()))
                .distinct()
                .toList();
        return access(doors, oauth);
    }

    private BrokerAccess fromParts() {
        for (var key : List.of("username", "password")) {
            if (!URI_SAFE.matcher(value(key)).matches()) {
                throw new IllegalArgumentException(
                        "has a %s with characters that a URI must percent-encode; add the key uri with the encoded form"
                                .formatted(key));
            }
        }
        var hosts = servers("host", "http://" + value("host"), "a host or several with commas between");
        var doors = hosts.stream()
                .map(host -> new ManagementDoor(
                        usual(encrypted(), host.shownHost()), value("username"), value("password"), vhost()))
                .toList();
        return access(doors, null);
    }

    /// What the Secret says of the management API wins over what follows from the brokers.
    private BrokerAccess access(List<ManagementDoor> usual, @Nullable OAuthAccess oauth) {
        if (!values.containsKey("managementUri")) {
            return new BrokerAccess(usual, tls(), oauth);
        }
        var given = servers("managementUri", value("managementUri"), "http://host:15672 (or https://)");
        if (given.stream().anyMatch(own -> !own.parameters().isEmpty())) {
            throw new IllegalArgumentException(
                    "has a managementUri with parameters, and there are none that it could have; write https://user:password@host:15671");
        }
        var doors = new ArrayList<ManagementDoor>();
        for (int i = 0; i < given.size(); i++) {
            var own = given.get(i);
            // as many as there are brokers are theirs, in the same order
            var broker = usual.get(given.size() == usual.size() ? i : 0);
            var login = own.login() == null ? broker.login() : own.login();
            doors.add(new ManagementDoor(base(own), login, broker.vhost()));
        }
        return new BrokerAccess(doors, tls(), oauth);
    }

    private static List<ServerUri> servers(String key, String text, String form) {
        try {
            return ServerUri.list(text, MANAGEMENT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "has a %s that is not of the form %s (%s); correct it".formatted(key, form, e.getMessage()));
        }
    }

    private static URI base(ServerUri uri) {
        return URI.create("%s://%s%s%s"
                .formatted(
                        uri.scheme(),
                        uri.shownHost(),
                        uri.port() < 0 ? "" : ":" + uri.port(),
                        uri.path().replaceAll("/(api/?)?$", "")));
    }

    private static URI usual(boolean encrypted, String host) {
        return URI.create(encrypted ? "https://" + host + ":15671" : "http://" + host + ":15672");
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

    private TlsMaterial tls() {
        return new TlsMaterial(values.get("ca.crt"), values.get("tls.crt"), values.get("tls.key"));
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }

    /// Of any Secret of the namespace, whose other keys may say more than they should.
    private String present() {
        var known = values.keySet().stream().filter(READ::contains).sorted().collect(Collectors.joining(", "));
        return known.isEmpty() ? "none of those that are read" : known;
    }

    private static Map<String, String> decode(Secret secret) {
        var values = new LinkedHashMap<String, String>();
        Optional.ofNullable(secret.getData())
                .ifPresent(data ->
                        data.forEach((key, value) -> values.put(key, value == null ? "" : text(key, value))));
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
