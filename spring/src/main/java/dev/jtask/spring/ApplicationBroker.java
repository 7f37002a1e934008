package dev.jtask.spring;

import dev.jtask.broker.BrokerOptions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// The broker that all of an application connects to: client, worker and outbox. What the application says itself,
/// by `jtask.broker-uri`, goes before what is found for it.
final class ApplicationBroker {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationBroker.class);
    private static final String URI = "jtask.broker-uri";

    private final JtaskProperties jtask;
    private final ObjectProvider<JtaskConnectionDetails> details;
    private final Environment environment;
    private final AtomicBoolean told = new AtomicBoolean();

    ApplicationBroker(JtaskProperties jtask, ObjectProvider<JtaskConnectionDetails> details, Environment environment) {
        this.jtask = jtask;
        this.details = details;
        this.environment = environment;
    }

    /// The application's own, which tells once what it takes.
    static ApplicationBroker of(JtaskProperties jtask, ListableBeanFactory beans, Environment environment) {
        return beans.getBeanProvider(ApplicationBroker.class)
                .getIfAvailable(() ->
                        new ApplicationBroker(jtask, beans.getBeanProvider(JtaskConnectionDetails.class), environment));
    }

    /// @throws IllegalArgumentException naming the property that is wrong or missing
    /// @throws JtaskStartException when there are several to choose from
    BrokerOptions options() {
        if (Binder.get(environment).bind(URI, String.class).isBound()) {
            var broker = jtask.broker();
            details.ifUnique(other -> passedBy(broker, other));
            return broker;
        }
        var found = details.getIfUnique();
        if (found != null) {
            var broker = jtask.connected(found.broker());
            if (told.compareAndSet(false, true)) {
                LOG.info("the broker is {}, by {}", broker, broker.source());
            }
            return broker;
        }
        if (details.stream().count() > 1) {
            throw new JtaskStartException(
                    "the application has several beans of JtaskConnectionDetails, of which none is primary",
                    "Annotate one with @Primary, or set jtask.broker-uri",
                    null);
        }
        return jtask.broker();
    }

    private void passedBy(BrokerOptions broker, JtaskConnectionDetails other) {
        if (!told.compareAndSet(false, true)) {
            return;
        }
        if (other instanceof RabbitOfSpring spring && spring.isOfProperties()) {
            LOG.info("the broker is {}, by {}, which goes before spring.rabbitmq.*", broker, URI);
        } else {
            LOG.warn(
                    "the broker is {}, by {}; the connection details that the application has as well are not used, and would be without that property",
                    broker,
                    URI);
        }
    }
}
