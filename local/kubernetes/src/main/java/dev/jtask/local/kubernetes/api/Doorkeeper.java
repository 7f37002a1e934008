package dev.jtask.local.kubernetes.api;

import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets in who knows the token of this run and comes as kubectl does. Loopback alone keeps out neither other users of
/// the machine nor the web pages that its user looks at.
record Doorkeeper(String token) {

    private static final int TOKEN_BYTES = 24;
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

    static Doorkeeper withNewToken() {
        return new Doorkeeper(newToken());
    }

    static String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// @throws Refusal when it is not let in
    void check(RecordedRequest request) {
        if (!isOwn(request.getHeader("Origin"), request.getHeader("Host"))) {
            throw Refusal.forbidden("web pages have no business here; use kubectl with the kubeconfig of this run");
        }
        if (!isHere(request.getHeader("Host"))) {
            throw Refusal.forbidden("the host of this API is 127.0.0.1 or localhost");
        }
        if (!MessageDigest.isEqual(bytes("Bearer " + token), bytes(request.getHeader("Authorization")))) {
            throw Refusal.unauthorized();
        }
    }

    /// Java's web socket clients name the server itself.
    private static boolean isOwn(@Nullable String origin, @Nullable String host) {
        return origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    /// HTTP/2 has no such header, and browsers speak that with certificates only.
    private static boolean isHere(@Nullable String host) {
        return host == null || HERE.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static byte[] bytes(@Nullable String text) {
        return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Doorkeeper";
    }
}
