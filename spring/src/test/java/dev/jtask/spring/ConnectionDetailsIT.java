package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import dev.jtask.testing.Authority;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import dev.jtask.testing.process.FreePorts;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.amqp.RabbitConnectionDetails;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Applications of Spring Boot 3.5 that say nothing of the broker themselves: client and worker find it by what a bean
/// says. Docker is not needed, since a container's and a service's part is played by a broker that runs already.
@RabbitMqTest
class ConnectionDetailsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String USER = "ada";
    private static final String PASSWORD = "l0ve/@:%+lace";
    private static final String VHOST = "details/of it";

    private static final String[] PROPERTIES = {
        "spring.main.web-application-type=none",
        "spring.main.banner-mode=off",
        "jtask.queue=shop",
        "shop.shipping=shipping",
        "jtask.worker.enabled=true"
    };

    private final RabbitMqNode node;

    ConnectionDetailsIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void addUser() {
        node.users().add(USER, PASSWORD);
        node.users().addVhost(VHOST);
        node.users().permitIn(VHOST, USER, ".*", ".*", ".*");
    }

    /// Reads where the broker is from properties of the test's own.
    private record Rabbit(List<Address> addresses, @Nullable SslBundle bundle) implements RabbitConnectionDetails {

        static Rabbit at(Environment environment, @Nullable SslBundle bundle) {
            var ports = environment.getRequiredProperty("test.ports", Integer[].class);
            return new Rabbit(
                    List.of(ports).stream()
                            .map(port -> new Address("127.0.0.1", port))
                            .toList(),
                    bundle);
        }

        @Override
        public String getUsername() {
            return USER;
        }

        @Override
        public String getPassword() {
            return PASSWORD;
        }

        @Override
        public String getVirtualHost() {
            return VHOST;
        }

        @Override
        public List<Address> getAddresses() {
            return addresses;
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return bundle;
        }
    }

    static final class Plain {
        @Bean
        RabbitConnectionDetails rabbit(Environment environment) {
            return Rabbit.at(environment, null);
        }
    }

    static final class Secured {
        @Bean
        RabbitConnectionDetails rabbit(Environment environment, SslBundles bundles) {
            return Rabbit.at(environment, bundles.getBundle("broker"));
        }
    }

    static final class Contained {
        @Bean
        @ServiceConnection
        static ContainerOfRabbitMq broker(Environment environment) {
            return new ContainerOfRabbitMq(
                    Map.of(5672, environment.getRequiredProperty("test.ports", Integer.class)),
                    Map.of(
                            "RABBITMQ_DEFAULT_USER", USER,
                            "RABBITMQ_DEFAULT_PASS", PASSWORD,
                            "RABBITMQ_DEFAULT_VHOST", VHOST));
        }
    }

    @Test
    void aBeanOfSpringsDetailsIsEnough() {
        try (var shop = shop(Plain.class, "test.ports=" + node.amqpPort())) {
            assertTasksRun(shop);
        }
    }

    @Test
    void ofSeveralAddressesAnyWillDo() {
        int nobody = FreePorts.take(1).get(0);
        try (var shop = shop(Plain.class, "test.ports=%d,%d".formatted(nobody, node.amqpPort()))) {
            assertTasksRun(shop);
        }
    }

    @Test
    void theirBundleIsTheBrokersTls(@TempDir Path folder) throws IOException {
        var authority = Authority.create(folder, "authority");
        var broker = authority.issue("broker", "IP:127.0.0.1");
        var door = new TlsFiles(null, broker.certificate(), broker.key())
                .contexts()
                .get()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (var relay = Relay.start(door, node.amqpPort());
                var shop = shop(
                        Secured.class,
                        "test.ports=" + relay.port(),
                        "spring.ssl.bundle.pem.broker.truststore.certificate=file:" + authority.certificate())) {
            assertTasksRun(shop);
        }
    }

    @Test
    void aContainerWithServiceConnectionIsEnough() {
        try (var shop = shop(Contained.class, "test.ports=" + node.amqpPort())) {
            assertTasksRun(shop);
        }
    }

    /// An application with an outbox, which has a connection of its own.
    @EnableAutoConfiguration
    static final class Ledger {
        @Bean
        Bookings bookings() {
            return new Bookings();
        }
    }

    static final class Bookings {
        @Task("ledger.book")
        public String book(String what) {
            return what + " is booked";
        }
    }

    @Test
    void anOutboxFindsItsWayByAContainerAsWell() {
        try (var ledger = new SpringApplicationBuilder(Ledger.class, Contained.class)
                .properties(PROPERTIES)
                .properties(
                        "test.ports=" + node.amqpPort(),
                        "spring.datasource.url=jdbc:h2:mem:details",
                        "jtask.outbox=jdbc",
                        "jtask.outbox.create-table=true",
                        "jtask.queue=ledger")
                .run()) {
            var client = ledger.getBean(TaskClient.class);
            var jdbc = ledger.getBean(JdbcTemplate.class);
            var booked = new TransactionTemplate(ledger.getBean(PlatformTransactionManager.class)).execute(status -> {
                var sent = client.send("ledger.book", "tea");
                assertThat(jdbc.queryForObject("SELECT count(*) FROM jtask_outbox", Integer.class))
                        .as("kept by the transaction")
                        .isEqualTo(1);
                return sent;
            });

            assertThat(booked).isNotNull();
            assertThat(booked.get(SOON)).hasToString("\"tea is booked\"");
            assertThat(node.view()
                            .get("/api/queues/details%2Fof%20it/ledger")
                            .path("name")
                            .asText())
                    .isEqualTo("ledger");
        }
    }

    @Test
    void aServiceOfDockerComposeIsEnough() throws ReflectiveOperationException {
        var details = new ComposedRabbitMq(
                        "rabbitmq:4",
                        Map.of(5672, node.amqpPort()),
                        Map.of(
                                "RABBITMQ_DEFAULT_USER", USER,
                                "RABBITMQ_DEFAULT_PASS", PASSWORD,
                                "RABBITMQ_DEFAULT_VHOST", VHOST),
                        Map.of())
                .details();
        try (var shop = new SpringApplicationBuilder(Shop.class)
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("jtaskConnectionDetailsForBroker", details))
                .properties(PROPERTIES)
                .run()) {
            assertTasksRun(shop);
        }
    }

    private static ConfigurableApplicationContext shop(Class<?> more, String... properties) {
        return new SpringApplicationBuilder(Shop.class, more)
                .properties(PROPERTIES)
                .properties(properties)
                .run();
    }

    /// In the vhost, which only the details name.
    private void assertTasksRun(ConfigurableApplicationContext shop) {
        assertThat(shop.getBean(Shop.Tasks.class).anew().get(SOON)).isEqualTo(1);
        assertThat(node.view()
                        .get("/api/queues/details%2Fof%20it/shop")
                        .path("name")
                        .asText())
                .isEqualTo("shop");
    }
}
