package dev.jtask.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/// An authorization server of OAuth 2 that knows the client [#CLIENT] and signs tokens for it that live for some
/// seconds. A broker with the plugin `rabbitmq_auth_backend_oauth2` and [#publicKey(Path)] takes them.
public final class TokenServer implements AutoCloseable {

    public static final String CLIENT = "jtask";
    /// With all that must be encoded.
    public static final String SECRET = "C4nary^:/?#[]@!$&'()*+,;=% ü";
    /// The broker's `resource_server_id`.
    public static final String AUDIENCE = "rabbitmq";
    public static final String SCOPES = "rabbitmq.configure:*/* rabbitmq.write:*/*/* rabbitmq.read:*/*/*";

    private final AtomicInteger issued = new AtomicInteger();
    private volatile Duration life = Duration.ofSeconds(4);
    private volatile String audience = AUDIENCE;
    private volatile String scopes = SCOPES;
    private volatile boolean down;
    private final KeyPair keys;
    private final HttpServer server;

    private TokenServer(KeyPair keys, HttpServer server) {
        this.keys = keys;
        this.server = server;
    }

    /// On a free port of this machine.
    public static TokenServer start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var tokens = new TokenServer(pair(), server);
        server.createContext("/token", tokens::answer);
        server.start();
        return tokens;
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no RSA", e);
        }
    }

    /// Where tokens are given.
    public String uri() {
        return "http://127.0.0.1:%d/token".formatted(server.getAddress().getPort());
    }

    /// The file with the key that the broker is to believe.
    public Path publicKey(Path file) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPublic().getEncoded());
        return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(text));
    }

    /// How long the next tokens live.
    public void life(Duration time) {
        life = time;
    }

    /// For whom the next tokens are.
    public void audience(String name) {
        audience = name;
    }

    /// What the next tokens allow.
    public void scopes(String allowed) {
        scopes = allowed;
    }

    /// Gives no tokens, until it is told not to be down.
    public void down(boolean is) {
        down = is;
    }

    /// How many tokens it has given.
    public int issued() {
        return issued.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var login = exchange.getRequestHeaders().getFirst("Authorization");
            if (down) {
                send(exchange, 503, "{}");
            } else if (("Basic " + login(CLIENT, SECRET)).equals(login)) {
                issued.incrementAndGet();
                send(
                        exchange,
                        200,
                        "{\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
                                .formatted(token(), life.toSeconds()));
            } else {
                send(exchange, 401, "{\"error\":\"invalid_client\"}");
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String token() throws GeneralSecurityException {
        var signed = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}") + "."
                + encoded("{\"sub\":\"jtask\",\"aud\":[\"%s\"],\"scope\":\"%s\",\"exp\":%d}"
                        .formatted(audience, scopes, Instant.now().plus(life).getEpochSecond()));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String login(String client, String secret) {
        var encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString((client + ":" + encoded).getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
