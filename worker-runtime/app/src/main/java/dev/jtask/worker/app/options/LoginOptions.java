package dev.jtask.worker.app.options;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.oauth.Names;
import dev.jtask.oauth.OAuthLogin;

/// A login with tokens of OAuth 2, where one is wanted.
final class LoginOptions {

    private static final String URI = "JTASK_OAUTH_TOKEN_URI";
    private static final String ID = "JTASK_OAUTH_CLIENT_ID";
    private static final String SECRET = "JTASK_OAUTH_CLIENT_SECRET";
    private static final String SECRET_FILE = "JTASK_OAUTH_CLIENT_SECRET_FILE";
    private static final String SCOPE = "JTASK_OAUTH_SCOPE";
    private static final String AUDIENCE = "JTASK_OAUTH_AUDIENCE";
    private static final String CA = "JTASK_OAUTH_CA";

    private LoginOptions() {}

    static BrokerOptions withOAuth(BrokerOptions broker, Variables variables) {
        var uri = variables.text(URI, "");
        var id = variables.text(ID, "");
        var secret = variables.text(SECRET, "");
        var file = variables.file(SECRET_FILE);
        var scope = variables.text(SCOPE, "");
        var audience = variables.text(AUDIENCE, "");
        var ca = variables.file(CA);
        boolean any = !id.isEmpty() || !secret.isEmpty() || file != null || !scope.isEmpty() || !audience.isEmpty();
        if (uri.isEmpty() && !any && ca == null) {
            return broker;
        }
        if (uri.isEmpty() || id.isEmpty() || secret.isEmpty() == (file == null)) {
            throw new IllegalArgumentException(
                    "%s, %s and %s (or %s) go together: who gives tokens, to whom, and what proves that; set all three, the secret once, or none"
                            .formatted(URI, ID, SECRET_FILE, SECRET));
        }
        var login = variables.read(
                URI,
                "",
                text -> file == null ? OAuthLogin.withSecret(text, id, secret) : OAuthLogin.of(text, id, file));
        login = login.readFrom(
                new Names(URI, ID + " or " + (file == null ? SECRET : SECRET_FILE), SCOPE + " or " + AUDIENCE));
        login = scope.isEmpty() ? login : login.scope(scope);
        login = audience.isEmpty() ? login : login.audience(audience);
        try {
            return broker.withOAuth(ca == null ? login : login.trusting(ca));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("JTASK_BROKER_URI: %s (%s)".formatted(e.getMessage(), URI), e);
        }
    }
}
