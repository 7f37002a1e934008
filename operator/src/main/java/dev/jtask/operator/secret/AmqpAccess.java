package dev.jtask.operator.secret;

import dev.jtask.protocol.uri.BrokerUri;
import java.util.List;

/// Where a broker speaks AMQP, on one server or on several of which any will do, and who workers are to it.
/// [#toString()]
/// never shows the credentials.
///
/// @param brokers at least one
/// @param tls what to trust and present to those with `amqps`
public record AmqpAccess(List<BrokerUri> brokers, TlsMaterial tls) {

    public AmqpAccess {
        brokers = List.copyOf(brokers);
    }

    @Override
    public String toString() {
        return brokers.toString();
    }
}
