package dev.jtask.operator.secret;

import java.util.Set;

/// A Secret that names a broker, read and found usable.
///
/// @param name the Secret's name
/// @param version a fingerprint of what workers use: a new one rolls them, as their environment is read once
/// @param access how the operator reaches the management API
/// @param amqp how it counts messages, as the user that workers are
/// @param workerUri how workers get their URI
/// @param tlsKeys those of `ca.crt`, `tls.crt`, `tls.key` that are present
public record BrokerSecret(
        String name, String version, BrokerAccess access, AmqpAccess amqp, WorkerUri workerUri, Set<String> tlsKeys) {

    public BrokerSecret {
        tlsKeys = Set.copyOf(tlsKeys);
    }
}
