package dev.jtask.redis;

import io.lettuce.core.SslVerifyMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a Redis URI. One that is not known is refused by its name.
final class RedisQuery {

    private static final String VERIFY_PEER = "verifyPeer";
    private static final String CERT_REQS = "ssl_cert_reqs";
    private static final String PREFIX = "global_keyprefix";
    private static final String EXPIRES = "result_expires";
    private static final String KNOWN =
            "known are ssl_cert_reqs=required|none, verifyPeer=FULL|CA|NONE, global_keyprefix=text and result_expires=seconds";

    private final String shown;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    /// @param shown the server, for errors
    /// @throws IllegalArgumentException naming a parameter that is not known
    RedisQuery(String shown, @Nullable String query) {
        this.shown = shown;
        for (var parameter : query == null ? new String[0] : query.split("&", -1)) {
            var pair = parameter.split("=", 2);
            var name = known(pair[0]);
            if (name == null) {
                throw wrong("parameter %s is not known; %s".formatted(shown(pair), KNOWN));
            }
            if (parameters.put(name, decoded(name, pair.length < 2 ? "" : pair[1])) != null) {
                throw wrong("parameter '%s' is there twice".formatted(name));
            }
        }
    }

    /// Lettuce's word for it, or Celery's.
    ///
    /// @param tls what holds without a word; null where there is no certificate to check
    @Nullable
    SslVerifyMode verification(@Nullable SslVerifyMode tls) {
        var word = parameters.getOrDefault(VERIFY_PEER, parameters.get(CERT_REQS));
        if (word == null) {
            return tls;
        }
        if (tls == null) {
            throw wrong("only rediss:// has a certificate to check");
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "full", "cert_required", "required" -> SslVerifyMode.FULL;
            case "ca" -> SslVerifyMode.CA;
            case "none", "cert_none" -> SslVerifyMode.NONE;
            default -> throw wrong("verifyPeer and ssl_cert_reqs are not known by this value; " + KNOWN);
        };
    }

    /// Celery's `global_keyprefix` of `result_backend_transport_options`, and its `result_expires`.
    RedisKeys keys() {
        var prefix = parameters.getOrDefault(PREFIX, "");
        var expires = parameters.get(EXPIRES);
        if (expires == null) {
            return new RedisKeys(prefix, RedisKeys.USUAL.kept());
        }
        if (!expires.matches("\\d{1,9}")) {
            throw wrong("result_expires is a whole number of seconds, 0 for never");
        }
        return new RedisKeys(prefix, Duration.ofSeconds(Long.parseLong(expires)));
    }

    /// A word without a value may be the end of a password.
    private static String shown(String[] pair) {
        return pair.length == 2 && pair[0].matches("[A-Za-z0-9_.-]{1,40}")
                ? "'%s=…'".formatted(pair[0])
                : "of an odd name";
    }

    private @Nullable String known(String name) {
        for (var each : new String[] {VERIFY_PEER, CERT_REQS, PREFIX, EXPIRES}) {
            if (each.equalsIgnoreCase(name)) {
                return each;
            }
        }
        return null;
    }

    private String decoded(String name, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("parameter '%s' has a %% that stands for no character; write %%25".formatted(name));
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("result backend %s: %s".formatted(shown, what));
    }
}
