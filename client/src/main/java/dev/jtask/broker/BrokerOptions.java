package dev.jtask.broker;

import dev.jtask.oauth.OAuthLogin;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.uri.BrokerUri;
import dev.jtask.protocol.uri.BrokerUri.Identity;
import dev.jtask.tls.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Where the broker is and who we are to it: one server or several, of which any will do. Never shows credentials.
///
/// @param brokers at least one
/// @param source what the user calls the place where they are named, such as `JTASK_BROKER_URI`
/// @param connectionName shown in RabbitMQ's management pages
/// @param tls PEM files for `amqps://`
/// @param oauth a login by token; null for that of the URI
/// @param context what TLS is set up with instead of files, asked for each connection anew; null for the files
public record BrokerOptions(
        List<BrokerUri> brokers,
        String source,
        String connectionName,
        TlsFiles tls,
        @Nullable OAuthLogin oauth,
        @Nullable Supplier<SSLContext> context) {

    public BrokerOptions {
        brokers = List.copyOf(brokers);
        if (context != null && !tls.isNone()) {
            throw new IllegalArgumentException("there are TLS files and a TLS context; give one of the two");
        }
        var plain = brokers.stream().filter(broker -> !broker.tls()).findFirst();
        if (context != null && plain.isPresent()) {
            throw new IllegalArgumentException(
                    "there is a TLS context, but broker %s is talked to in plaintext; write amqps://, or leave the context away"
                            .formatted(plain.get()));
        }
        if (!tls.isNone() && plain.isPresent()) {
            throw new IllegalArgumentException(
                    "there are TLS files, but broker %s is talked to in plaintext; write amqps:// (usually port 5671), or leave the files away"
                            .formatted(plain.get()));
        }
        if (oauth != null) {
            for (var broker : brokers) {
                if (broker.identity() == Identity.CERTIFICATE || !broker.isAnonymous()) {
                    throw new IllegalArgumentException(
                            "there is an OAuth login, but the URI of broker %s says who we are; leave user, password and auth_mechanism away, or the OAuth login"
                                    .formatted(broker));
                }
            }
        }
    }

    /// Of `amqp://` or `amqps://user:password@host:port/vhost`, also with several hosts (`h1:5672,h2:5672`), or of
    /// Celery's list of whole URIs with `;` between.
    ///
    /// As in Celery no path, `/` and `//` all mean the vhost `/`.
    ///
    /// With `?auth_mechanism=external` the broker knows us by the client certificate (SASL EXTERNAL).
    ///
    /// @throws IllegalArgumentException when the text is no broker URI; the message never shows the password
    public static BrokerOptions of(String uri) {
        return of(BrokerUri.list(uri));
    }

    /// Of servers that are known one by one.
    @Internal
    public static BrokerOptions of(List<BrokerUri> brokers) {
        return new BrokerOptions(brokers, "the broker's URI", "jtask", TlsFiles.NONE, null, null);
    }

    /// These options with another connection name, which RabbitMQ shows in its management pages.
    public BrokerOptions named(String name) {
        return new BrokerOptions(brokers, source, name, tls, oauth, context);
    }

    /// These options, read from a place that errors are to name, such as `JTASK_BROKER_URI`.
    public BrokerOptions readFrom(String place) {
        return new BrokerOptions(brokers, place, connectionName, tls, oauth, context);
    }

    /// With TLS files; each may be null.
    public BrokerOptions withTls(
            @Nullable Path authorities, @Nullable Path clientCertificate, @Nullable Path clientKey) {
        return withTls(new TlsFiles(authorities, clientCertificate, clientKey));
    }

    public BrokerOptions withTls(TlsFiles files) {
        return new BrokerOptions(brokers, source, connectionName, files, oauth, files.isNone() ? context : null);
    }

    /// With TLS as somebody else sets it up, in place of files; the host's name is checked all the same.
    ///
    /// @param contexts asked for each connection anew
    /// @throws IllegalArgumentException when a broker is talked to in plaintext, or there are files as well
    public BrokerOptions withTls(Supplier<SSLContext> contexts) {
        return new BrokerOptions(brokers, source, connectionName, tls, oauth, contexts);
    }

    /// With TLS files that are for the result backend as well: they go to whichever of the two means TLS.
    ///
    /// @param backend whether that one does
    /// @throws IllegalArgumentException when neither does, so that nobody would use the files
    public BrokerOptions withTls(TlsFiles files, boolean backend) {
        return backend && brokers.stream().noneMatch(BrokerUri::tls) ? this : withTls(files);
    }

    /// With a token of OAuth 2 instead of a password.
    ///
    /// @throws IllegalArgumentException when a URI has a login of its own
    public BrokerOptions withOAuth(OAuthLogin login) {
        return new BrokerOptions(brokers, source, connectionName, tls, login, context);
    }

    /// Without credentials.
    @Override
    public String toString() {
        return brokers.stream().map(BrokerUri::toString).collect(Collectors.joining(";"));
    }
}
