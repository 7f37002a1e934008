package dev.jtask.spring;

import dev.jtask.broker.BrokerOptions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/// Spring Boot's own connection details for RabbitMQ, whichever of its versions they are of.
final class RabbitOfSpring implements JtaskConnectionDetails {

    private static final String BY_PROPERTIES = "PropertiesRabbitConnectionDetails";
    private static final String SSL = "spring.rabbitmq.ssl.";

    private final Supplier<@Nullable Object> details;
    private final Supplier<FoundBroker> found;
    private final Environment environment;

    /// @param details Spring's object; null where there are several
    /// @param found what it says
    RabbitOfSpring(Supplier<@Nullable Object> details, Supplier<FoundBroker> found, Environment environment) {
        this.details = details;
        this.found = found;
        this.environment = environment;
    }

    /// Whether there is one, and it says more than `spring.rabbitmq.*`.
    boolean isOneOfItsOwn() {
        var only = details.get();
        return only != null && !isOfProperties(only);
    }

    /// Spring Boot makes a bean of `spring.rabbitmq.*` wherever spring-amqp is; known by its name, for its class is
    /// Spring Boot's own.
    private static boolean isOfProperties(Object details) {
        return details.getClass().getSimpleName().equals(BY_PROPERTIES);
    }

    @Override
    public BrokerOptions broker() {
        var broker = found.get();
        return isOneOfItsOwn()
                ? broker.options("the bean of RabbitConnectionDetails")
                : secured(broker).options("spring.rabbitmq.*");
    }

    /// The details tell of a bundle and of no other kind of TLS.
    private FoundBroker secured(FoundBroker broker) {
        if (broker.tls() || !wantsTls()) {
            return broker;
        }
        if (has("key-store") || has("trust-store")) {
            throw new JtaskStartException(
                    "spring.rabbitmq.ssl has stores, which jtask does not read",
                    "Make a bundle of them (spring.ssl.bundle.*) and name it in spring.rabbitmq.ssl.bundle, or set jtask.broker-uri and jtask.tls.*",
                    null);
        }
        return broker.withTls();
    }

    private boolean wantsTls() {
        return environment.getProperty(
                SSL + "enabled",
                Boolean.class,
                environment.getProperty("spring.rabbitmq.addresses", "").startsWith("amqps://"));
    }

    private boolean has(String property) {
        return environment.containsProperty(SSL + property);
    }
}
