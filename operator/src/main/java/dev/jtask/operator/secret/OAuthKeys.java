package dev.jtask.operator.secret;

import dev.jtask.protocol.uri.BrokerUri;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a login by token from a Secret.
final class OAuthKeys {

    private static final List<String> NEEDED =
            List.of(SecretKeys.OAUTH_TOKEN_URI, SecretKeys.OAUTH_CLIENT_ID, SecretKeys.OAUTH_CLIENT_SECRET);
    private static final List<String> MORE =
            List.of(SecretKeys.OAUTH_SCOPE, SecretKeys.OAUTH_AUDIENCE, SecretKeys.OAUTH_CA);

    /// What workers have in their environment, and so read once.
    static final List<String> READ_ONCE = List.of(
            SecretKeys.OAUTH_TOKEN_URI, SecretKeys.OAUTH_CLIENT_ID, SecretKeys.OAUTH_SCOPE, SecretKeys.OAUTH_AUDIENCE);

    private OAuthKeys() {}

    /// @param values of the Secret, decoded
    /// @param brokers that its URI names
    /// @return null where there is none
    /// @throws IllegalArgumentException with the fix, and without any value
    static @Nullable OAuthAccess read(Map<String, String> values, List<BrokerUri> brokers) {
        if (!areIn(values)) {
            return null;
        }
        var uri = values.get(SecretKeys.OAUTH_TOKEN_URI);
        var client = values.get(SecretKeys.OAUTH_CLIENT_ID);
        var secret = values.get(SecretKeys.OAUTH_CLIENT_SECRET);
        if (uri == null || client == null || secret == null) {
            throw incomplete();
        }
        requireAnonymous(brokers);
        var access = new OAuthAccess(
                uri.strip(),
                client.strip(),
                secret.strip(),
                values.get(SecretKeys.OAUTH_SCOPE),
                values.get(SecretKeys.OAUTH_AUDIENCE),
                values.get(SecretKeys.OAUTH_CA));
        try {
            var _ = access.login();
        } catch (IllegalArgumentException e) {
            // without the cause, which may repeat the text
            throw new IllegalArgumentException(
                    "has an %s that cannot be used: %s".formatted(SecretKeys.OAUTH_TOKEN_URI, e.getMessage()));
        }
        return access;
    }

    /// @throws IllegalArgumentException where there are any, in a Secret that has no URI
    static void requireNone(Map<String, String> values) {
        if (areIn(values)) {
            throw incomplete();
        }
    }

    private static boolean areIn(Map<String, String> values) {
        return Stream.concat(NEEDED.stream(), MORE.stream()).anyMatch(values::containsKey);
    }

    private static IllegalArgumentException incomplete() {
        return new IllegalArgumentException(
                "has keys for a login by token, and not all that it needs: uri, %s; add them or remove those that begin with oauth"
                        .formatted(String.join(", ", NEEDED)));
    }

    private static void requireAnonymous(List<BrokerUri> brokers) {
        if (brokers.stream()
                .anyMatch(broker -> broker.identity() == BrokerUri.Identity.CERTIFICATE || !broker.isAnonymous())) {
            throw new IllegalArgumentException(
                    "has %s and a uri that says who we are; leave user, password and auth_mechanism away there, or remove the keys that begin with oauth"
                            .formatted(SecretKeys.OAUTH_TOKEN_URI));
        }
    }
}
