package dev.jtask.spring;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.protocol.uri.BrokerUri;
import dev.jtask.protocol.uri.Login;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/// A broker that Spring Boot has found for the application. Never shows credentials.
///
/// @param addresses any will do
/// @param tls whether it is talked to by TLS
/// @param bundle what TLS is set up with; null for the JVM's authorities
record FoundBroker(
        List<Address> addresses,
        Login login,
        String vhost,
        boolean tls,
        @Nullable SslBundle bundle) {

    static final int PLAIN_PORT = 5672;
    static final int TLS_PORT = 5671;

    private static final String GUEST = "guest";
    private static final String ROOT = "/";

    record Address(String host, int port) {}

    /// What is not told is as RabbitMQ has it.
    static FoundBroker of(
            List<Address> addresses,
            @Nullable String user,
            @Nullable String password,
            @Nullable String vhost,
            @Nullable SslBundle bundle) {
        return new FoundBroker(
                addresses,
                new Login(user == null ? GUEST : user, password == null ? GUEST : password),
                vhost == null || vhost.isEmpty() ? ROOT : vhost,
                bundle != null,
                bundle);
    }

    /// Of one server in a container: who we are to it is what the image was told by its variables.
    ///
    /// @param environment the container's
    static FoundBroker inContainer(Address address, Map<String, String> environment, @Nullable SslBundle bundle) {
        return of(
                List.of(address),
                first(environment, "RABBITMQ_DEFAULT_USER", "RABBITMQ_USERNAME"),
                first(environment, "RABBITMQ_DEFAULT_PASS", "RABBITMQ_PASSWORD"),
                first(environment, "RABBITMQ_DEFAULT_VHOST", "RABBITMQ_VHOST"),
                bundle);
    }

    FoundBroker withTls() {
        return new FoundBroker(addresses, login, vhost, true, bundle);
    }

    /// @param source what errors are to call the place where it is named
    BrokerOptions options(String source) {
        var broker =
                BrokerOptions.of(addresses.stream().map(this::uri).toList()).readFrom(source);
        return bundle == null ? broker : broker.withTls(bundle::createSslContext);
    }

    private BrokerUri uri(Address address) {
        var host = address.host();
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new BrokerUri(
                tls,
                BrokerUri.Identity.PASSWORD,
                login,
                bracketed ? host.substring(1, host.length() - 1) : host,
                address.port(),
                vhost,
                null,
                null);
    }

    private static @Nullable String first(Map<String, String> environment, String official, String bitnamis) {
        var value = environment.get(official);
        return value == null ? environment.get(bitnamis) : value;
    }
}
