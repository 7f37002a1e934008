package dev.jtask.spring;

import dev.jtask.broker.BrokerOptions;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/// A service of Docker Compose whose image is RabbitMQ's, or whose label `org.springframework.boot.service-connection`
/// says that it is.
final class ComposeBroker extends DockerComposeConnectionDetailsFactory<JtaskConnectionDetails> {

    private static final String[] IMAGES = {"rabbitmq", "bitnami/rabbitmq", "bitnamilegacy/rabbitmq"};

    /// As Spring calls it.
    ComposeBroker() {
        super(IMAGES);
    }

    @Override
    protected JtaskConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new Details(source.getRunningService());
    }

    private static final class Details extends DockerComposeConnectionDetails implements JtaskConnectionDetails {

        private final FoundBroker found;

        Details(RunningService service) {
            super(service);
            var bundle = getSslBundle(service);
            int port = service.ports().get(bundle == null ? FoundBroker.PLAIN_PORT : FoundBroker.TLS_PORT);
            this.found = FoundBroker.inContainer(new FoundBroker.Address(service.host(), port), service.env(), bundle);
        }

        @Override
        public BrokerOptions broker() {
            return found.options("Docker Compose's connection details");
        }
    }
}
