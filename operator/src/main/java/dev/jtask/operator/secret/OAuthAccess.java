package dev.jtask.operator.secret;

import dev.jtask.oauth.Names;
import dev.jtask.oauth.OAuthLogin;
import dev.jtask.protocol.tls.PemTls;
import org.jspecify.annotations.Nullable;

/// Who gives tokens to whom, for a broker that takes tokens of OAuth 2. [#toString()] never shows the secret.
///
/// @param scope what to ask for, null for what the server gives the client
/// @param audience for whom the token shall be, null where the server knows
/// @param authority PEM of who vouches for the server, null for the platform's trust
public record OAuthAccess(
        String tokenUri,
        String clientId,
        String clientSecret,
        @Nullable String scope,
        @Nullable String audience,
        @Nullable String authority) {

    private static final Names NAMES =
            new Names("oauthTokenUri", "oauthClientId or oauthClientSecret", "oauthScope or oauthAudience");

    /// Asks for no token yet. All that log in by the one login share its token.
    ///
    /// @throws IllegalArgumentException when the address cannot be used, without repeating it
    public OAuthLogin login() {
        var login = OAuthLogin.withSecret(tokenUri, clientId, clientSecret).readFrom(NAMES);
        login = scope == null ? login : login.scope(scope);
        login = audience == null ? login : login.audience(audience);
        return authority == null
                ? login
                : login.trusting(new PemTls.Text(authority, SecretKeys.OAUTH_CA + " of the Secret"));
    }

    /// Which of them there are: each may be a secret in the wrong place.
    @Override
    public String toString() {
        return "OAuth[scope=%b, audience=%b, authority=%b]"
                .formatted(scope != null, audience != null, authority != null);
    }
}
