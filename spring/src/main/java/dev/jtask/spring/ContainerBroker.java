package dev.jtask.spring;

import dev.jtask.broker.BrokerOptions;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.util.ClassUtils;
import org.testcontainers.containers.Container;

/// A container of Testcontainers with `@ServiceConnection` whose image is RabbitMQ's, or that is named
/// `rabbitmq`. By no class of such containers, since Testcontainers 2 has moved it; and Spring Boot 4 has
/// details for RabbitMQ only where spring-amqp is.
final class ContainerBroker extends ContainerConnectionDetailsFactory<Container<?>, JtaskConnectionDetails> {

    /// Where Testcontainers 1 has the class, and where 2 has it: their versions are the application's.
    private static final List<String> CLASSES =
            List.of("org.testcontainers.containers.RabbitMQContainer", "org.testcontainers.rabbitmq.RabbitMQContainer");

    /// As Spring calls it.
    ContainerBroker() {
        super("rabbitmq");
    }

    /// Of a bean's container Spring Boot knows the class, and not the image.
    @Override
    protected boolean sourceAccepts(
            ContainerConnectionSource<Container<?>> source, Class<?> container, Class<?> details) {
        return super.sourceAccepts(source, container, details)
                || classes().anyMatch(type -> source.accepts(ANY_CONNECTION_NAME, type, details));
    }

    @Override
    protected JtaskConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
        return new Details(source);
    }

    private static Stream<Class<?>> classes() {
        var loader = Container.class.getClassLoader();
        return CLASSES.stream()
                .filter(name -> ClassUtils.isPresent(name, loader))
                .map(name -> ClassUtils.resolveClassName(name, loader));
    }

    private static final class Details extends ContainerConnectionDetails<Container<?>>
            implements JtaskConnectionDetails {

        Details(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        @Override
        public BrokerOptions broker() {
            var container = getContainer();
            var bundle = getSslBundle();
            int port = container.getMappedPort(bundle == null ? FoundBroker.PLAIN_PORT : FoundBroker.TLS_PORT);
            return FoundBroker.inContainer(
                            new FoundBroker.Address(container.getHost(), port), container.getEnvMap(), bundle)
                    .options("the container's connection details");
        }
    }
}
