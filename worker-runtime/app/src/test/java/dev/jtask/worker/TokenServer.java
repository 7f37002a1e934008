package dev.jtask.worker;

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

/// An authorization server that knows one client and signs tokens that live for some seconds.
final class TokenServer implements AutoCloseable {

    static final String SECRET = "C4nary^:/?#[]@!$&'()*+,;=% ü";
    static final String AUDIENCE = "rabbitmq";
    static final String SCOPES = "rabbitmq.configure:*/* rabbitmq.write:*/*/* rabbitmq.read:*/*/*";

    final AtomicInteger issued = new AtomicInteger();
    volatile Duration life = Duration.ofSeconds(4);
    volatile String audience = AUDIENCE;
    volatile String scopes = SCOPES;
    volatile boolean down;
    private final KeyPair keys;
    private final HttpServer server;

    private TokenServer(KeyPair keys, HttpServer server) {
        this.keys = keys;
        this.server = server;
    }

    static TokenServer start() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var tokens = new TokenServer(generator.generateKeyPair(), server);
        server.createContext("/token", tokens::answer);
        server.start();
        return tokens;
    }

    String uri() {
        return "http://127.0.0.1:%d/token".formatted(server.getAddress().getPort());
    }

    /// The file with the key that the broker is to believe.
    Path publicKey(Path file) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPublic().getEncoded());
        return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(text));
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
            } else if (("Basic " + login("jtask", SECRET)).equals(login)) {
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
