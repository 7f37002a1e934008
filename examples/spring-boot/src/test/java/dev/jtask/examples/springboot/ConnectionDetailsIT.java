package dev.jtask.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// Applications of Spring Boot 4 that do not say themselves where the broker is.
@RabbitMqTest
class ConnectionDetailsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;
    private final String user;
    private final String password;

    ConnectionDetailsIT(RabbitMqNode node) {
        this.node = node;
        var login = URI.create(node.amqpUri()).getUserInfo().split(":", 2);
        this.user = login[0];
        this.password = login[1];
    }

    /// No component, which the shop's own tests would find.
    @EnableAutoConfiguration
    @Import(MailTasks.class)
    static class Sending {}

    static final class OfABean {
        @Bean
        RabbitConnectionDetails rabbit(Environment environment) {
            return new RabbitConnectionDetails() {
                @Override
                public String getUsername() {
                    return environment.getRequiredProperty("test.user");
                }

                @Override
                public String getPassword() {
                    return environment.getRequiredProperty("test.password");
                }

                @Override
                public List<Address> getAddresses() {
                    return List.of(
                            new Address("127.0.0.1", environment.getRequiredProperty("test.port", Integer.class)));
                }
            };
        }
    }

    /// In the place of the container stands a broker that runs already.
    static final class Rabbit extends GenericContainer<Rabbit> {

        private final int port;

        Rabbit(int port) {
            super(DockerImageName.parse("rabbitmq:4"));
            this.port = port;
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public String getHost() {
            return "127.0.0.1";
        }

        @Override
        public Integer getMappedPort(int ofContainer) {
            return port;
        }
    }

    static final class OfAContainer {
        @Bean
        @ServiceConnection("rabbitmq")
        static Rabbit rabbit(Environment environment) {
            return new Rabbit(environment.getRequiredProperty("test.port", Integer.class))
                    .withEnv(Map.of(
                            "RABBITMQ_DEFAULT_USER", environment.getRequiredProperty("test.user"),
                            "RABBITMQ_DEFAULT_PASS", environment.getRequiredProperty("test.password")));
        }
    }

    @Test
    void aBeanOfSpringsDetailsIsEnough() {
        assertTasksRun(Map.of("test.user", user, "test.password", password, "test.port", port()), OfABean.class);
    }

    @Test
    void aContainerWithServiceConnectionIsEnough() {
        assertTasksRun(Map.of("test.user", user, "test.password", password, "test.port", port()), OfAContainer.class);
    }

    @Test
    void whatSpringsPropertiesSayIsFollowed() {
        assertTasksRun(Map.of(
                "spring.rabbitmq.addresses", "127.0.0.1:" + port(),
                "spring.rabbitmq.username", user,
                "spring.rabbitmq.password", password));
    }

    private String port() {
        return String.valueOf(node.amqpPort());
    }

    private static void assertTasksRun(Map<String, ?> properties, Class<?>... more) {
        var application = new SpringApplicationBuilder(Sending.class).sources(more);
        try (var running = application
                .properties(Map.of(
                        "spring.main.web-application-type", "none",
                        "spring.config.name", "none",
                        "jtask.queue", "details",
                        "jtask.worker.enabled", "true"))
                .properties(Map.copyOf(properties))
                .run()) {
            var client = running.getBean(TaskClient.class);

            assertThat(client.send(TaskRequest.of("mail.welcome", "Ada").returning(String.class))
                            .get(SOON))
                    .isEqualTo("Welcome, Ada!");
        }
    }
}
