package dev.jtask.spring;

import dev.jtask.broker.BrokerOptions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// The broker that all of an application connects to: client, worker and outbox. Connection details go before
/// `jtask.broker-uri`, and that before `spring.rabbitmq.*`.
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
        var found = details.getIfUnique();
        boolean isSaid = Binder.get(environment).bind(URI, String.class).isBound();
        if (found != null && (!isSaid || goesFirst(found))) {
            var broker = jtask.connected(found.broker());
            tell(broker, broker.source(), isSaid ? ", which goes before " + URI : "");
            return broker;
        }
        if (isSaid) {
            var broker = jtask.broker();
            tell(broker, URI, found == null ? "" : ", which goes before spring.rabbitmq.*");
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

    /// As with Spring Boot's own properties: whoever has a container of a test means that one.
    private static boolean goesFirst(JtaskConnectionDetails found) {
        return !(found instanceof RabbitOfSpring rabbit) || rabbit.isOneOfItsOwn();
    }

    private void tell(BrokerOptions broker, String by, String before) {
        if (told.compareAndSet(false, true)) {
            LOG.info("the broker is {}, by {}{}", broker, by, before);
        }
    }
}
