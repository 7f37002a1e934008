package dev.jtask.operator.secret;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Refuses a Secret that speaks of TLS and would have passwords sent without it, or that would log the operator in as
/// somebody nobody named.
final class Plaintext {

    private static final Pattern EXTERNAL =
            Pattern.compile("[?&]auth_mechanism=external(&|$)", Pattern.CASE_INSENSITIVE);
    private static final List<String> MATERIAL = List.of("ca.crt", "tls.crt");

    private Plaintext() {}

    /// @param values of the Secret, decoded
    /// @throws IllegalArgumentException with the fix, and without credentials
    static void refuse(Map<String, String> values) {
        var material = MATERIAL.stream().filter(values::containsKey).toList();
        var uris = uris(values, "uri");
        if (!material.isEmpty() && uris.stream().anyMatch(uri -> uri.startsWith("amqp://"))) {
            throw new IllegalArgumentException(
                    "has %s but a uri with amqp://, which is plaintext; write amqps:// (usually port 5671) or remove %1$s"
                            .formatted(String.join(" and ", material)));
        }
        boolean parts = uris.isEmpty();
        boolean encryptedParts = parts && (values.containsKey("ca.crt") || "5671".equals(values.get("port")));
        if (parts && !material.isEmpty() && !encryptedParts) {
            throw new IllegalArgumentException(
                    "has tls.crt but neither ca.crt nor port 5671, so its user would log in in plaintext; add one of them or remove tls.crt and tls.key");
        }
        boolean encrypted = encryptedParts || uris.stream().anyMatch(uri -> uri.startsWith("amqps://"));
        if (encrypted && uris(values, "managementUri").stream().anyMatch(uri -> uri.startsWith("http://"))) {
            throw new IllegalArgumentException(
                    "has a managementUri with http://, by which the password would be sent in plaintext that AMQP sends encrypted; write https:// (usually port 15671)");
        }
        boolean named = uris(values, "managementUri").stream().anyMatch(Plaintext::hasUser);
        if (!named && uris.stream().anyMatch(uri -> EXTERNAL.matcher(uri).find() && !hasUser(uri))) {
            throw new IllegalArgumentException(
                    "has a uri with auth_mechanism=external and no user, but the management API takes no certificate for a login; write amqps://user:password@host:5671/vhost?auth_mechanism=external, of a user with the tag management (workers go on using the certificate)");
        }
    }

    private static boolean hasUser(String uri) {
        return uri.contains("@");
    }

    private static List<String> uris(Map<String, String> values, String key) {
        var text = values.getOrDefault(key, "").strip();
        return text.isEmpty()
                ? List.of()
                : Pattern.compile(";")
                        .splitAsStream(text)
                        .map(uri -> uri.strip().replaceFirst("^[^:]*", scheme(uri)))
                        .toList();
    }

    private static String scheme(String uri) {
        return uri.strip()
                .replaceFirst(":(?s:.*)$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
    }
}
