package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.TokenServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

/// An outbox at a broker that knows nobody but by tokens of OAuth 2.
class OutboxLoginIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void theRelayLogsInWithItsToken(@TempDir Path folder) throws Exception {
        try (var tokens = TokenServer.start();
                var rabbit = RabbitMqNode.start(
                        folder.resolve("node"),
                        List.of("rabbitmq_auth_backend_oauth2"),
                        "auth_backends.1 = rabbit_auth_backend_oauth2",
                        "auth_backends.2 = internal",
                        "auth_oauth2.resource_server_id = " + TokenServer.AUDIENCE,
                        "auth_oauth2.default_key = k1",
                        "auth_oauth2.signing_keys.k1 = " + tokens.publicKey(folder.resolve("issuer.pem")))) {
            tokens.life(Duration.ofMinutes(10));
            try (var shop = new SpringApplicationBuilder(OutboxShop.class)
                    .properties(
                            "spring.main.web-application-type=none",
                            "spring.main.banner-mode=off",
                            "spring.datasource.url=jdbc:h2:mem:outbox-login",
                            "jtask.broker-uri=" + rabbit.amqpUri().replace("guest:guest@", ""),
                            "jtask.oauth.token-uri=" + tokens.uri(),
                            "jtask.oauth.client-id=" + TokenServer.CLIENT,
                            "jtask.oauth.client-secret-file=" + secret(folder),
                            "jtask.outbox=jdbc",
                            "jtask.outbox.create-table=true",
                            "jtask.worker.enabled=true")
                    .run()) {
                var jdbc = shop.getBean(JdbcTemplate.class);
                jdbc.execute("CREATE TABLE orders (id INT PRIMARY KEY)");

                assertThat(shop.getBean(OutboxShop.Orders.class).place(1).get(SOON))
                        .isEqualTo("orders: 1");
                await().atMost(SOON)
                        .until(() ->
                                jdbc.queryForList("SELECT id FROM jtask_outbox").isEmpty());
            }
        }
    }

    private static Path secret(Path folder) throws IOException {
        return Files.writeString(folder.resolve("client-secret"), TokenServer.SECRET);
    }
}
