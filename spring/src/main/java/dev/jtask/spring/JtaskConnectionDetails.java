package dev.jtask.spring;

import dev.jtask.broker.BrokerOptions;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/// Where the broker is and who we are to it, told by a bean: by a container of a test (`@ServiceConnection`), by Docker
/// Compose, by Spring Boot's own details for RabbitMQ, or by the application. It goes before `jtask.broker-uri`.
@FunctionalInterface
public interface JtaskConnectionDetails extends ConnectionDetails {

    /// Asked when something connects; `jtask.tls.*` and `jtask.oauth.*` are added to it.
    BrokerOptions broker();
}
