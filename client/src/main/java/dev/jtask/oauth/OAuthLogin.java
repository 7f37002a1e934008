package dev.jtask.oauth;

import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.impl.ConnectionParams;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.tls.PemTls;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/// A login at the broker with a token instead of a password: an authorization server gives it for our client's id and
/// secret (client credentials of OAuth 2), and another one before it ends, which open connections go on with. All that
/// log in by one of these share a token. Shows neither secret nor token.
public final class OAuthLogin {

    private final Grant grant;
    private final Tokens tokens;
    private final Renewal renewal;

    private OAuthLogin(Grant grant) {
        var clock = Clock.systemUTC();
        this.grant = grant;
        this.tokens = new Tokens(new TokenEndpoint(grant, clock), clock);
        this.renewal = new Renewal(tokens, clock);
    }

    /// @param tokenUri `https://…`; `http://` on this machine only
    /// @param secretFile read again for each token
    /// @throws IllegalArgumentException when the URI cannot be used, without repeating it
    public static OAuthLogin of(String tokenUri, String clientId, Path secretFile) {
        return of(tokenUri, clientId, new Secret.InFile(secretFile));
    }

    /// @param tokenUri `https://…`; `http://` on this machine only
    /// @throws IllegalArgumentException when the URI cannot be used, without repeating it
    public static OAuthLogin withSecret(String tokenUri, String clientId, String secret) {
        return of(tokenUri, clientId, new Secret.Text(secret));
    }

    static OAuthLogin of(String tokenUri, String clientId, Secret secret) {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("an OAuth login needs the client's id");
        }
        return new OAuthLogin(new Grant(
                Grant.endpoint(tokenUri), clientId, secret, null, null, Trust.in(TlsFiles.NONE), Names.PLAIN));
    }

    /// The scopes to ask for, with spaces between; by default those that the server gives the client.
    public OAuthLogin scope(String scopes) {
        return new OAuthLogin(grant.withScope(scopes));
    }

    /// For whom the token shall be, where the server wants to be told: the broker's `resource_server_id`.
    public OAuthLogin audience(String name) {
        return new OAuthLogin(grant.withAudience(name));
    }

    /// PEM file with the authorities that vouch for the authorization server, instead of the JVM's.
    public OAuthLogin trusting(Path ca) {
        return trusting(new TlsFiles(ca, null, null));
    }

    OAuthLogin trusting(TlsFiles authorities) {
        return new OAuthLogin(grant.trusting(Trust.in(authorities)));
    }

    /// The authorities that vouch for the authorization server, where they are in no file.
    @Internal
    public OAuthLogin trusting(PemTls.Text authorities) {
        return new OAuthLogin(grant.trusting(Trust.in(authorities)));
    }

    /// Where all this is given, so that errors can name it.
    @Internal
    public OAuthLogin readFrom(Names names) {
        return new OAuthLogin(grant.withNames(names));
    }

    /// Before each connection is opened: has a token ready that is good for a while.
    ///
    /// @throws IOException saying why there is none, and what to correct
    @Internal
    public void ready() throws IOException {
        tokens.good();
    }

    /// For who asks over HTTP: a token that is good for a while.
    ///
    /// @throws IOException saying why there is none, and what to correct
    @Internal
    public String token() throws IOException {
        return tokens.good().text();
    }

    /// Lets a connection log in with the token, and tells it of the next ones.
    ///
    /// @param cut ends the connection as a network does that fails, where there is no next one
    @Internal
    public void prepare(ConnectionParams connection, Runnable cut) {
        connection.setCredentialsProvider(tokens);
        connection.setCredentialsRefreshService(renewal.of(cut));
        connection.setSaslConfig(DefaultSaslConfig.PLAIN);
    }

    /// The broker has not let us in: the next time we come with another token.
    @Internal
    public void refused() {
        tokens.refused();
    }

    /// Why a broker may refuse a token, and what to do about it.
    @Internal
    public String refusal() {
        return "it does not take the token of %s; enable rabbitmq_auth_backend_oauth2 there with the issuer's key, and let the token's audience be its resource_server_id; or correct %s, %s"
                .formatted(grant, grant.names().client(), grant.names().access());
    }

    /// What a token must allow, and where to say so.
    @Internal
    public String missing(String vhost) {
        return "the token of %s has no scope for vhost '%s'; give the client scopes such as <resource_server_id>.read:%s/*, or correct %s"
                .formatted(
                        grant,
                        vhost,
                        vhost.equals("/") ? "%2F" : vhost,
                        grant.names().access());
    }

    @Override
    public String toString() {
        return grant.toString();
    }
}
