package dev.jtask.operator.secret;

import dev.jtask.protocol.uri.ServerUri;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Refuses a Secret that speaks of TLS and would have passwords sent without it, or that would log the operator in as
/// somebody nobody named.
final class Plaintext {

    private static final ServerUri.Form BROKER =
            new ServerUri.Form("uri", Set.of("amqp", "amqps"), "amqps://user:password@host:5671/vhost");
    private static final List<String> MATERIAL = List.of("ca.crt", "tls.crt");

    private Plaintext() {}

    /// @param values of the Secret, decoded
    /// @throws IllegalArgumentException with the fix, and without credentials
    static void refuse(Map<String, String> values) {
        var material = MATERIAL.stream().filter(values::containsKey).toList();
        var brokers = uris(values, "uri", BROKER);
        if (!material.isEmpty() && has(brokers, "amqp")) {
            throw new IllegalArgumentException(
                    "has %s but a uri with amqp://, which is plaintext; write amqps:// (usually port 5671) or remove %1$s"
                            .formatted(String.join(" and ", material)));
        }
        boolean parts = !values.containsKey("uri");
        boolean encryptedParts = parts && (values.containsKey("ca.crt") || "5671".equals(values.get("port")));
        if (parts && !material.isEmpty() && !encryptedParts) {
            throw new IllegalArgumentException(
                    "has tls.crt but neither ca.crt nor port 5671, so its user would log in in plaintext; add one of them or remove tls.crt and tls.key");
        }
        var management = uris(values, "managementUri", SecretReader.MANAGEMENT);
        if ((encryptedParts || has(brokers, "amqps")) && has(management, "http")) {
            throw new IllegalArgumentException(
                    "has a managementUri with http://, by which the password would be sent in plaintext that AMQP sends encrypted; write https:// (usually port 15671)");
        }
        boolean named = management.stream().anyMatch(uri -> uri.login() != null);
        if (!named && brokers.stream().anyMatch(uri -> isExternal(uri) && uri.login() == null)) {
            throw new IllegalArgumentException(
                    "has a uri with auth_mechanism=external and no user, but the management API takes no certificate for a login; write amqps://user:password@host:5671/vhost?auth_mechanism=external, of a user with the tag management (workers go on using the certificate)");
        }
    }

    private static boolean has(List<ServerUri> uris, String scheme) {
        return uris.stream().anyMatch(uri -> uri.scheme().equals(scheme));
    }

    private static boolean isExternal(ServerUri uri) {
        return "external".equalsIgnoreCase(uri.parameters().get("auth_mechanism"));
    }

    /// None where they cannot be read: whoever reads them next refuses them with the reason.
    private static List<ServerUri> uris(Map<String, String> values, String key, ServerUri.Form form) {
        try {
            return values.containsKey(key) ? ServerUri.list(values.getOrDefault(key, ""), form) : List.of();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
