package dev.jtask.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who asks whom for a token to what. Never shows the secret.
///
/// @param endpoint `https`, or `http` on this machine
/// @param trust whom to believe as the endpoint
record Grant(
        URI endpoint,
        String client,
        Secret secret,
        @Nullable String scope,
        @Nullable String audience,
        Trust trust,
        Names names) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /// @throws IllegalArgumentException saying how to write it
    static URI endpoint(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // its message repeats the text
            throw new IllegalArgumentException("write the token URI as https://host/path");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("write the token URI as https://host/path, without a login");
        }
        if (!"https".equals(uri.getScheme())
                && !("http".equals(uri.getScheme())
                        && LOOPBACK.matcher(uri.getHost()).matches())) {
            throw new IllegalArgumentException(
                    "the client's secret would be sent in plaintext; write the token URI as https://host/path");
        }
        return uri;
    }

    Grant withScope(String other) {
        return new Grant(endpoint, client, secret, other, audience, trust, names);
    }

    Grant withAudience(String other) {
        return new Grant(endpoint, client, secret, scope, other, trust, names);
    }

    Grant trusting(Trust other) {
        return new Grant(endpoint, client, secret, scope, audience, other, names);
    }

    Grant withNames(Names other) {
        return new Grant(endpoint, client, secret, scope, audience, trust, other);
    }

    /// The endpoint without its query, which may hold secrets.
    String shown() {
        return "%s://%s%s".formatted(endpoint.getScheme(), endpoint.getRawAuthority(), endpoint.getRawPath());
    }

    String form() {
        return "grant_type=client_credentials" + field("scope", scope) + field("audience", audience);
    }

    private static String field(String name, @Nullable String value) {
        return value == null ? "" : "&%s=%s".formatted(name, encoded(value));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "client '%s' of %s".formatted(client, shown());
    }
}
