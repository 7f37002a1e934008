package dev.jtask.operator.secret;

import dev.jtask.protocol.uri.BrokerUri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a broker speaks AMQP, on one server or on several of which any will do, and who workers are to it.
/// [#toString()] never shows the credentials.
///
/// @param brokers at least one
/// @param tls what to trust and present to those with `amqps`
/// @param oauth who gives a token for the login; null for that of the URI
public record AmqpAccess(
        List<BrokerUri> brokers, TlsMaterial tls, @Nullable OAuthAccess oauth) {

    public AmqpAccess {
        brokers = List.copyOf(brokers);
    }

    public AmqpAccess(List<BrokerUri> brokers, TlsMaterial tls) {
        this(brokers, tls, null);
    }

    @Override
    public String toString() {
        return brokers.toString();
    }
}
