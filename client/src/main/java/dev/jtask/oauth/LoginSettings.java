package dev.jtask.oauth;

import dev.jtask.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a user gives for a login by token, in variables or properties; null is what is not given. Shows which of them
/// there are.
public record LoginSettings(
        @Nullable String tokenUri,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable Path clientSecretFile,
        @Nullable String scope,
        @Nullable String audience,
        @Nullable Path ca) {

    public LoginSettings {
        tokenUri = given(tokenUri);
        clientId = given(clientId);
        clientSecret = given(clientSecret);
        scope = given(scope);
        audience = given(audience);
    }

    /// @param called what the user calls each: `token-uri`, `client-id`, `client-secret`, `client-secret-file`,
    /// `scope`, `audience` and `ca`
    /// @return empty where nothing is given
    /// @throws IllegalArgumentException naming what is missing or wrong, without its value
    public Optional<OAuthLogin> login(UnaryOperator<String> called) {
        if (given().findAny().isEmpty()) {
            return Optional.empty();
        }
        var secret = secret();
        if (tokenUri == null || clientId == null || secret == null) {
            throw new IllegalArgumentException(
                    "%s, %s and %s (or %s) go together: who gives tokens, to whom, and what proves that; set all three, the secret once, or none"
                            .formatted(
                                    called.apply("token-uri"),
                                    called.apply("client-id"),
                                    called.apply("client-secret-file"),
                                    called.apply("client-secret")));
        }
        var login = login(tokenUri, clientId, secret, called).readFrom(names(called));
        login = scope == null ? login : login.scope(scope);
        login = audience == null ? login : login.audience(audience);
        return Optional.of(login.trusting(new TlsFiles(ca, null, null).withCaIn(called.apply("ca"))));
    }

    private static OAuthLogin login(String uri, String client, Secret secret, UnaryOperator<String> called) {
        try {
            return OAuthLogin.of(uri, client, secret);
        } catch (IllegalArgumentException e) {
            // without the cause: those of the JDK repeat what they were given
            throw new IllegalArgumentException("%s: %s".formatted(called.apply("token-uri"), e.getMessage()));
        }
    }

    /// Null where there is none, or two.
    private @Nullable Secret secret() {
        if (clientSecret != null) {
            return clientSecretFile == null ? new Secret.Text(clientSecret) : null;
        }
        return clientSecretFile == null ? null : new Secret.InFile(clientSecretFile);
    }

    private Names names(UnaryOperator<String> called) {
        var secret = called.apply(clientSecret == null ? "client-secret-file" : "client-secret");
        return new Names(
                called.apply("token-uri"),
                "%s or %s".formatted(called.apply("client-id"), secret),
                "%s or %s".formatted(called.apply("scope"), called.apply("audience")));
    }

    private Stream<Object> given() {
        return Stream.<@Nullable Object>of(tokenUri, clientId, clientSecret, clientSecretFile, scope, audience, ca)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /// Any of them may be a secret in the wrong place.
    @Override
    public String toString() {
        return "LoginSettings[tokenUri=%b, clientId=%b, clientSecret=%b]"
                .formatted(tokenUri != null, clientId != null, clientSecret != null || clientSecretFile != null);
    }
}
