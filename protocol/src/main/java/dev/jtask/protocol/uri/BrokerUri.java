package dev.jtask.protocol.uri;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One RabbitMQ server and who we are to it.
///
/// @param identity what the broker knows us by
/// @param host an IPv6 address without its brackets
/// @param vhost decoded
/// @param heartbeat null where the URI asks for none
/// @param connectTimeout null where the URI asks for none
public record BrokerUri(
        boolean tls,
        Identity identity,
        Login login,
        String host,
        int port,
        String vhost,
        @Nullable Duration heartbeat,
        @Nullable Duration connectTimeout) {

    /// What the broker knows us by.
    public enum Identity {
        PASSWORD,
        CERTIFICATE
    }

    private static final ServerUri.Form FORM =
            new ServerUri.Form("broker URI", Set.of("amqp", "amqps"), "amqp://user:password@host:5672/vhost");
    private static final Set<String> PARAMETERS = Set.of("auth_mechanism", "heartbeat", "connection_timeout");
    private static final Login GUEST = new Login("guest", "guest");

    /// Of `amqp://user:password@host:port,host:port/vhost` and Celery's `amqp://…//;amqp://…//`, in the order of
    /// the text. As in Celery no path, `/` and `//` all mean the vhost `/`.
    ///
    /// @throws IllegalArgumentException saying what is wrong and how to write it, without credentials
    public static List<BrokerUri> list(String text) {
        return ServerUri.list(text, FORM).stream().map(BrokerUri::of).distinct().toList();
    }

    private static BrokerUri of(ServerUri uri) {
        var unknown = new TreeSet<>(uri.parameters().keySet());
        unknown.removeAll(PARAMETERS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "broker URI %s: parameter %s is not known; known are auth_mechanism=external, heartbeat=seconds and connection_timeout=milliseconds, and TLS is amqps://"
                            .formatted(uri, shown(unknown.first())));
        }
        boolean tls = uri.scheme().equals("amqps");
        return new BrokerUri(
                tls,
                identity(uri),
                uri.login() == null ? GUEST : uri.login(),
                uri.host(),
                uri.port() >= 0 ? uri.port() : tls ? 5671 : 5672,
                uri.path().length() <= 1 ? "/" : Percent.decoded(uri.path().substring(1)),
                number(uri, "heartbeat", 60_000).map(Duration::ofSeconds).orElse(null),
                number(uri, "connection_timeout", 600_000)
                        .map(Duration::ofMillis)
                        .orElse(null));
    }

    private static Identity identity(ServerUri uri) {
        return switch (uri.parameters().getOrDefault("auth_mechanism", "plain").toLowerCase(Locale.ROOT)) {
            case "external" -> Identity.CERTIFICATE;
            case "plain" -> Identity.PASSWORD;
            default ->
                throw new IllegalArgumentException("broker URI %s: auth_mechanism is plain or external".formatted(uri));
        };
    }

    private static Optional<Integer> number(ServerUri uri, String name, int most) {
        var text = uri.parameters().get(name);
        if (text == null) {
            return Optional.empty();
        }
        int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw new IllegalArgumentException("broker URI %s: %s is 1 to %d".formatted(uri, name, most));
        }
        return Optional.of(number);
    }

    private static String shown(String name) {
        return name.matches("[A-Za-z0-9_.-]{1,40}") ? "'" + name + "'" : "with an odd name";
    }

    /// Whether it says no more of us than every broker's first user.
    public boolean isAnonymous() {
        return login.equals(GUEST);
    }

    /// Without credentials.
    @Override
    public String toString() {
        return "%s://%s:%d%s"
                .formatted(
                        tls ? "amqps" : "amqp",
                        ServerUri.shown(host),
                        port,
                        vhost.equals("/") ? "" : "/" + Percent.encoded(vhost));
    }
}
