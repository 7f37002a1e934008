package dev.jtask.operator.secret;

import dev.jtask.protocol.uri.BrokerUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hosts of one word, such as `rabbitmq`. To the pods of a pool that is a Service of their own namespace; the operator
/// means the same one wherever it runs, and neither finds none nor sends a password to a namesake.
public final class ShortHosts {

    /// For an operator that runs in no cluster, where a name means what that machine takes it for.
    public static final ShortHosts AS_THEY_ARE = new ShortHosts(null);

    /// What a Service may be called, which no address is.
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?", Pattern.CASE_INSENSITIVE);

    private final @Nullable String own;

    private ShortHosts(@Nullable String own) {
        this.own = own;
    }

    /// @param namespace the operator's own
    public static ShortHosts seenFrom(String namespace) {
        return new ShortHosts(namespace);
    }

    /// @param file that tells a pod its namespace, and that is nowhere else
    /// @throws UncheckedIOException when it is there and cannot be read
    public static ShortHosts told(Path file) {
        if (!Files.exists(file)) {
            return AS_THEY_ARE;
        }
        try {
            var namespace = Files.readString(file).strip();
            return namespace.isEmpty() ? AS_THEY_ARE : seenFrom(namespace);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the operator's namespace stands in %s: let it read that".formatted(file), e);
        }
    }

    /// The Secret as the pods of its namespace mean it; what they are told themselves stays as it is.
    BrokerSecret meant(BrokerSecret secret, String namespace) {
        if (own == null || own.equals(namespace)) {
            return secret;
        }
        var login = secret.amqp().oauth();
        var oauth = login == null ? null : meant(login, namespace);
        var access = secret.access();
        var doors = access.doors().stream()
                .map(door -> new ManagementDoor(meant(door.uri(), namespace), door.login(), door.vhost()))
                .toList();
        var brokers = secret.amqp().brokers().stream()
                .map(broker -> meant(broker, namespace))
                .toList();
        return new BrokerSecret(
                secret.name(),
                secret.version(),
                new BrokerAccess(doors, access.tls(), access.oauth() == null ? null : oauth),
                new AmqpAccess(brokers, secret.amqp().tls(), oauth),
                secret.workerUri(),
                secret.tlsKeys());
    }

    private static OAuthAccess meant(OAuthAccess oauth, String namespace) {
        return new OAuthAccess(
                meant(URI.create(oauth.tokenUri()), namespace).toString(),
                oauth.clientId(),
                oauth.clientSecret(),
                oauth.scope(),
                oauth.audience(),
                oauth.authority());
    }

    private static BrokerUri meant(BrokerUri broker, String namespace) {
        return new BrokerUri(
                broker.tls(),
                broker.identity(),
                broker.login(),
                meant(broker.host(), namespace),
                broker.port(),
                broker.vhost(),
                broker.heartbeat(),
                broker.connectTimeout());
    }

    /// @param uri without a login
    private static URI meant(URI uri, String namespace) {
        var host = uri.getHost();
        // none where it has an underscore, as no Service has
        return host == null
                ? uri
                : URI.create(uri.toString().replaceFirst("(?<=//)" + Pattern.quote(host), meant(host, namespace)));
    }

    private static String meant(String host, String namespace) {
        return SERVICE.matcher(host).matches() && !host.equalsIgnoreCase("localhost")
                ? "%s.%s.svc".formatted(host, namespace)
                : host;
    }
}
