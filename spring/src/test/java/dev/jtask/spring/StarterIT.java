package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// An application of Spring Boot 3.5 with all versions that it pins, its worker and a real RabbitMQ.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;
    private final ConfigurableApplicationContext shop;

    StarterIT(RabbitMqNode node) {
        this.node = node;
        this.shop = shop("shop");
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void theVersionsAreThoseOfSpringBoot() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo("3.5.7");
        assertThat(jar(GlobalOpenTelemetry.class)).contains("1.49.0");
        assertThat(jar(ObjectMapper.class)).contains("2.19.2");
        assertThat(jar(MeterRegistry.class)).contains("1.15.5");
        assertThat(jar(Connection.class)).contains("5.25.0");
    }

    @Test
    void tasksRunOnWhatTheContainerGives() {
        var tasks = shop.getBean(Shop.Tasks.class);

        assertThat(tasks.byClass().get(SOON)).as("its transaction").isTrue();
        assertThat(tasks.byInterface().get(SOON)).as("its transaction").isTrue();
        for (var run : List.of(tasks.anew(), tasks.anew(), tasks.scoped(), tasks.scoped())) {
            assertThat(run.get(SOON)).as("runs of one instance").isEqualTo(1);
        }
    }

    @Test
    void whatIsSentInATransactionWaitsForItsCommit() {
        var client = shop.getBean(TaskClient.class);
        var others = shop.getBean(Shop.Others.class);
        var transaction = new TransactionTemplate(shop.getBean(PlatformTransactionManager.class));
        others.any();
        transaction.executeWithoutResult(status -> {
            others.any();
            assertThat(depth("elsewhere")).isEqualTo(1);
            assertThatThrownBy(() -> client.send("shop.byClass").get(SOON))
                    .hasMessageContaining("goes out after the commit of the transaction on this thread");
        });

        assertThat(depth("elsewhere")).isEqualTo(2);
        TaskHandle<?> rolledBack = transaction.execute(status -> {
            status.setRollbackOnly();
            return client.send("shop.byClass");
        });
        assertThatThrownBy(() -> rolledBack.get(SOON)).hasMessageContaining("was rolled back");
    }

    @Test
    void whatATaskSendsInItsTransactionGoesOutWithItsCommitOrNever() {
        var tasks = shop.getBean(Shop.Tasks.class);
        var failed = tasks.order("");
        assertThatThrownBy(() -> failed.get(SOON)).hasMessageContaining("nothing is ordered");
        assertThat(failed.children()).isEmpty();

        var ordered = tasks.order("a book");
        var sent = ordered.get(SOON);
        assertThat(ordered.children()).containsExactly(sent);
        assertThat(depth("shipping")).isEqualTo(1);
    }

    @Test
    void itsMetersAndItsHealthAreTheApplications() {
        assertThat(shop.getBean(MeterRegistry.class).getMeters())
                .anyMatch(meter -> meter.getId().getName().contains("busy_slots"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shop.getBean(HealthEndpoint.class)
                                .healthForPath("jtaskWorker")
                                .getStatus())
                        .isEqualTo(Status.UP));
    }

    @Test
    void theApplicationEndsWhenItsTasksHaveEnded() throws InterruptedException {
        try (var other = shop("closing")) {
            var slow = other.getBean(Shop.Slow.class);
            other.getBean(TaskClient.class).send("shop.slow");
            slow.started.await();
            var closing = CompletableFuture.runAsync(other::close);
            slow.mayEnd.countDown();

            assertThat(closing).succeedsWithin(SOON);
            assertThat(slow.ended).hasValue(1);
            assertThat(depth("closing")).as("nothing went back").isZero();
        }
    }

    @Test
    void remoteControlIsByProperty() {
        try (var guarded = shop(
                        "guarded",
                        "jtask.worker.node-name=guarded",
                        "jtask.worker.remote-control=inspect",
                        "jtask.worker.redact=off");
                var other = shop("mute", "jtask.worker.node-name=mute", "jtask.worker.remote-control=off")) {
            await().atMost(SOON)
                    .until(() -> troubles(guarded).isEmpty() && troubles(other).isEmpty());
            var workers = guarded.getBean(TaskClient.class).workers();
            await().atMost(SOON).until(() -> workers.ping().contains("guarded"));

            assertThat(workers.ping()).doesNotContain("mute");
            assertThat(workers.on("guarded").within(SOON).growPool(1))
                    .hasEntrySatisfying(
                            "guarded",
                            answer -> assertThat(answer.has("error"))
                                    .as("%s", answer)
                                    .isTrue());
        }
    }

    @Test
    void aWorkerThatWasShutDownIsDownForGood() {
        try (var ended = shop("ended", "jtask.worker.node-name=ended")) {
            var workers = ended.getBean(TaskClient.class).workers();
            await().atMost(SOON).until(() -> workers.ping().contains("ended"));

            workers.on("ended").shutdown();

            await().atMost(SOON)
                    .until(() ->
                            troubles(ended).contains("stopped by remote control; only a new process runs tasks again"));
        }
    }

    private static List<String> troubles(ConfigurableApplicationContext application) {
        return application.getBean(WorkerLifecycle.class).troubles();
    }

    private ConfigurableApplicationContext shop(String queue, String... more) {
        return new SpringApplicationBuilder(Shop.class)
                .properties(
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        "spring.aop.proxy-target-class=false",
                        "jtask.broker-uri=" + node.amqpUri(),
                        "jtask.queue=" + queue,
                        "shop.shipping=shipping",
                        "jtask.worker.enabled=true")
                .properties(more)
                .run();
    }

    private long depth(String queue) {
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
                var channel = connection.createChannel()) {
            return channel.messageCount(queue);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jar(Class<?> type) {
        return String.valueOf(type.getProtectionDomain().getCodeSource().getLocation());
    }
}
