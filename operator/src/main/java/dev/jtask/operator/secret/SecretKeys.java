package dev.jtask.operator.secret;

/// What the keys of a Secret are called by which workers log in with tokens of OAuth 2.
public final class SecretKeys {

    public static final String OAUTH_TOKEN_URI = "oauthTokenUri";
    public static final String OAUTH_CLIENT_ID = "oauthClientId";
    public static final String OAUTH_CLIENT_SECRET = "oauthClientSecret";
    public static final String OAUTH_SCOPE = "oauthScope";
    public static final String OAUTH_AUDIENCE = "oauthAudience";
    public static final String OAUTH_CA = "oauth-ca.crt";

    private SecretKeys() {}
}
