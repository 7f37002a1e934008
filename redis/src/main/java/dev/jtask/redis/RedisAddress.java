package dev.jtask.redis;

import dev.jtask.protocol.uri.ServerUri;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server as its URI names it, `redis://[[user]:password@]host[:port][/database]`. Whatever stands before the last @
/// is never shown, so special characters need no encoding there.
///
/// @param host an IPv6 address without its brackets
/// @param login null when the server knows nobody
/// @param tls null for `redis://`
/// @param keys what they are called, and how long they are kept
record RedisAddress(
        String host,
        int port,
        int database,
        @Nullable Login login,
        @Nullable SslVerifyMode tls,
        RedisKeys keys) {

    static final Set<String> SCHEMES = Set.of("redis", "rediss");

    private static final int DEFAULT_PORT = 6379;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FORM = "write it as redis://[[user]:password@]host[:port][/database]";
    private static final Pattern URI = Pattern.compile(
            "(?<scheme>rediss?)://((?<login>.*)@)?(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)"
                    + "(:(?<port>\\d{1,5}))?(/(?<database>\\d{0,9}))?(\\?(?<query>.*))?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /// @param user null for the server's default one
    record Login(@Nullable String user, String password) {

        @Override
        public String toString() {
            return "…";
        }
    }

    /// @throws IllegalArgumentException saying what is wrong, without credentials
    static RedisAddress of(String uri) {
        var matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the URI of the Redis result backend cannot be read; " + FORM);
        }
        var host = matcher.group("host").replaceAll("[\\[\\]]", "");
        var plain = new RedisAddress(
                host,
                number(matcher.group("port"), DEFAULT_PORT),
                number(matcher.group("database"), 0),
                null,
                null,
                RedisKeys.USUAL);
        if (plain.port < 1 || plain.port > 65_535) {
            throw new IllegalArgumentException("result backend %s: a port is 1 to 65535".formatted(plain));
        }
        boolean secure = matcher.group("scheme").equalsIgnoreCase("rediss");
        var shown = secure ? plain.with(null, SslVerifyMode.FULL, RedisKeys.USUAL) : plain;
        var query = new RedisQuery(shown.toString(), matcher.group("query"));
        return plain.with(shown.login(matcher.group("login")), query.verification(shown.tls), query.keys());
    }

    /// For Lettuce.
    RedisURI uri() {
        var uri = RedisURI.builder()
                .withHost(host)
                .withPort(port)
                .withDatabase(database)
                .withSsl(tls != null)
                .withTimeout(PATIENCE);
        if (tls != null) {
            uri.withVerifyPeer(tls);
        }
        if (login != null && login.user != null) {
            uri.withAuthentication(login.user, login.password.toCharArray());
        } else if (login != null) {
            uri.withPassword(login.password.toCharArray());
        }
        return uri.build();
    }

    /// Without credentials.
    @Override
    public String toString() {
        return "%s://%s:%d/%d".formatted(tls == null ? "redis" : "rediss", ServerUri.shown(host), port, database);
    }

    private RedisAddress with(@Nullable Login other, @Nullable SslVerifyMode verification, RedisKeys names) {
        return new RedisAddress(host, port, database, other, verification, names);
    }

    private @Nullable Login login(@Nullable String text) {
        if (text == null || text.isEmpty() || text.equals(":")) {
            return null;
        }
        int colon = text.indexOf(':');
        // one word alone is the password, as Lettuce has it
        var password = decoded(text.substring(colon + 1));
        var user = colon <= 0 ? null : decoded(text.substring(0, colon));
        if (password.isEmpty()) {
            throw new IllegalArgumentException("result backend %s: the URI has a user but no password".formatted(this));
        }
        return new Login(user, password);
    }

    private String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // the JDK's message repeats its input
            throw new IllegalArgumentException(
                    "result backend %s: the URI's user or password has a %% that stands for no character; write %%25"
                            .formatted(this));
        }
    }

    private static int number(@Nullable String digits, int fallback) {
        return digits == null || digits.isEmpty() ? fallback : Integer.parseInt(digits);
    }
}
