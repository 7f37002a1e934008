package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.PostgresNode;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// An application of Spring Boot with an outbox in a real PostgreSQL, its worker and a real RabbitMQ.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostgresNode postgres = PostgresNode.start();
    private final ConfigurableApplicationContext shop;
    private final OutboxShop.Orders orders;
    private final JdbcTemplate jdbc;
    private final TaskClient client;

    OutboxIT(RabbitMqNode rabbit) {
        try (var pool = Pools.of(postgres, 1)) {
            new JdbcTemplate(pool).execute("CREATE TABLE orders (id INT PRIMARY KEY)");
        }
        shop = new SpringApplicationBuilder(OutboxShop.class)
                .properties(
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        "spring.application.name=outbox-shop",
                        "spring.datasource.url=" + postgres.jdbcUrl(),
                        "spring.datasource.username=" + postgres.user(),
                        "spring.datasource.password=" + postgres.password(),
                        "spring.datasource.hikari.maximum-pool-size=4",
                        "jtask.broker-uri=" + rabbit.amqpUri(),
                        "jtask.queue=outbox-shop",
                        "jtask.outbox=jdbc",
                        "jtask.outbox.create-table=true",
                        "jtask.outbox.poll-interval=1h",
                        "jtask.worker.enabled=true")
                .run();
        orders = shop.getBean(OutboxShop.Orders.class);
        jdbc = shop.getBean(JdbcTemplate.class);
        client = shop.getBean(TaskClient.class);
    }

    /// A row goes a moment after its message, for which a result does not wait.
    @AfterEach
    void awaitEmpty() {
        await().atMost(SOON)
                .until(() -> jdbc.queryForList("SELECT id FROM jtask_outbox").isEmpty());
    }

    @AfterAll
    void close() {
        shop.close();
        postgres.close();
    }

    @Test
    void whatIsSentInATransactionRunsOnceItIsCommitted() {
        assertThat(orders.place(1).get(SOON)).isEqualTo("orders: 1");
        assertThat(client.send(TaskRequest.of("mail.confirm", 99).returning(String.class))
                        .get(SOON))
                .as("sent outside of a transaction")
                .isEqualTo("orders: 0");
    }

    @Test
    void itIsInTheTableWithTheTransactionAndGoneOnceTheBrokerHasIt() {
        var transaction = new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
        var handle = transaction.execute(status -> {
            var placed = orders.place(2);
            var row = jdbc.queryForMap("SELECT * FROM jtask_outbox");
            assertThat(row).containsEntry("exchange", "").containsEntry("routing_key", "outbox-shop");
            assertThat(row.get("properties"))
                    .asString()
                    .contains("\"task\":\"mail.confirm\"", "\"id\":\"" + placed.id() + "\"");
            assertThatThrownBy(() -> placed.await(SOON)).hasMessageContaining("goes out after the commit");
            return placed;
        });

        assertThat(handle.get(SOON)).isEqualTo("orders: 1");
        awaitEmpty();
    }

    @Test
    void aRollbackSendsNothing() {
        assertThatThrownBy(() -> orders.placeWithoutStock(3)).hasMessage("no stock");
        var transaction = new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
        var handle = transaction.execute(status -> {
            status.setRollbackOnly();
            return orders.place(3);
        });

        assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("was rolled back");
        assertThat(jdbc.queryForList("SELECT id FROM orders WHERE id = 3")).isEmpty();
        assertThat(jdbc.queryForList("SELECT id FROM jtask_outbox")).isEmpty();
    }

    @Test
    void aFutureIsDoneWithTheCommitAndFlowsWaitAsWell() {
        var transaction = new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
        var request = TaskRequest.of("mail.confirm", 4).returning(String.class);
        var sent = transaction.execute(status -> {
            var future = client.sendAsync(request);
            var group = client.send(Group.of(List.of(request, request)));
            var chain = client.send(Chain.of(TaskRequest.of("mail.confirm", 5)));
            assertThat(jdbc.queryForList("SELECT id FROM jtask_outbox")).hasSize(4);
            assertThat(future).isNotDone();
            assertThatThrownBy(() -> group.get(SOON)).hasMessageContaining("goes out after the commit");
            assertThatThrownBy(() -> chain.get(SOON)).hasMessageContaining("goes out after the commit");
            return List.of(future, group, chain);
        });

        assertThat(sent).hasSize(3);
        awaitEmpty();
    }

    @Test
    void itsMetersAndItsHealthAreTheApplications() {
        var meters = shop.getBean(MeterRegistry.class);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(meters.get("jtask.outbox.waiting").gauge().value()).isZero();
            assertThat(meters.get("jtask.outbox.refused").gauge().value()).isZero();
            assertThat(meters.get("jtask.outbox.oldest.age").timeGauge().value())
                    .isZero();
        });
        var health = shop.getBean(HealthEndpoint.class).healthForPath("jtaskOutbox");
        assertThat(health.getStatus()).isEqualTo(Status.UP);
    }
}
