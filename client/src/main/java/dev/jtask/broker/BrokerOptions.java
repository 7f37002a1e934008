package dev.jtask.broker;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where the broker is and who we are to it.
///
/// @param uri `amqp://` or `amqps://user:password@host:port/vhost`; as in Celery no path, `/` and `//` all mean the
/// vhost `/`; with `?auth_mechanism=external` the broker knows us by the client certificate (SASL EXTERNAL)
/// @param connectionName shown in RabbitMQ's management pages
/// @param ca PEM file of the authorities to trust instead of the JVM's
/// @param certificate PEM file of the client certificate, for mutual TLS
/// @param key PEM file of its PKCS #8 private key
public record BrokerOptions(
        URI uri,
        String connectionName,
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key) {

    /// What the broker knows us by.
    enum Login {
        PASSWORD,
        CERTIFICATE
    }

    public BrokerOptions {
        if (!"amqp".equals(uri.getScheme()) && !"amqps".equals(uri.getScheme())) {
            throw new IllegalArgumentException("broker URI must start with amqp:// or amqps://, not " + masked(uri));
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "broker URI %s has no host; percent-encode special characters in user and password"
                            .formatted(masked(uri)));
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a client certificate and its key go together; give both or neither");
        }
    }

    /// @throws IllegalArgumentException when the text is no broker URI; the message never shows the password
    public static BrokerOptions of(String uri) {
        try {
            return new BrokerOptions(URI.create(uri.strip()), "jtask", null, null, null);
        } catch (IllegalArgumentException e) {
            if (e.getMessage() != null && e.getMessage().startsWith("broker URI")) {
                throw e;
            }
            // the JDK's message repeats its input, which may hold a password
            throw new IllegalArgumentException(
                    "the broker URI is not a URI; percent-encode special characters in user and password");
        }
    }

    /// The same with another connection name, which RabbitMQ shows in its management pages.
    public BrokerOptions named(String name) {
        return new BrokerOptions(uri, name, ca, certificate, key);
    }

    /// With TLS files; each may be null.
    public BrokerOptions withTls(
            @Nullable Path authorities, @Nullable Path clientCertificate, @Nullable Path clientKey) {
        return new BrokerOptions(uri, connectionName, authorities, clientCertificate, clientKey);
    }

    /// Whether the URI is `amqps://`.
    public boolean tls() {
        return uri.getScheme().equals("amqps");
    }

    /// How we say who we are.
    Login login() {
        var query = uri.getRawQuery();
        return query != null
                        && List.of(query.toLowerCase(Locale.ROOT).split("&")).contains("auth_mechanism=external")
                ? Login.CERTIFICATE
                : Login.PASSWORD;
    }

    /// Of the URI.
    public String host() {
        return uri.getHost();
    }

    /// Of the URI; 5672, with TLS 5671, where it names none.
    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : tls() ? 5671 : 5672;
    }

    /// Of the URI, decoded; `guest` where it names none.
    public String username() {
        return userInfo(0, "guest");
    }

    /// Of the URI, decoded; `guest` where it names none. Not to be shown.
    public String password() {
        return userInfo(1, "guest");
    }

    /// Of the URI, decoded; `/` where it names none.
    public String vhost() {
        var path = uri.getRawPath();
        return path == null || path.length() <= 1 ? "/" : decoded(path.substring(1));
    }

    /// Without credentials.
    @Override
    public String toString() {
        return masked(uri);
    }

    private String userInfo(int part, String fallback) {
        var info = uri.getRawUserInfo();
        if (info == null) {
            return fallback;
        }
        var parts = info.split(":", 2);
        return part < parts.length ? decoded(parts[part]) : "";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String masked(URI uri) {
        if (uri.getHost() == null) {
            // Whatever stands here instead may be a password.
            return uri.getScheme() == null ? "a text without a scheme" : uri.getScheme() + "://…";
        }
        var path = uri.getRawPath();
        return "%s://%s%s%s"
                .formatted(
                        uri.getScheme(),
                        uri.getHost(),
                        uri.getPort() >= 0 ? ":" + uri.getPort() : "",
                        path == null ? "" : path);
    }
}
