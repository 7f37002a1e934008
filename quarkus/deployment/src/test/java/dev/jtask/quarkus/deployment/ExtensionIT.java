package dev.jtask.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An application of Quarkus, its worker, and the real RabbitMQ that Dev Services give it.
class ExtensionIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Shop.class))
            .overrideConfigKey("quarkus.application.name", "shop")
            .overrideConfigKey("quarkus.transaction-manager.object-store.directory", "target/transactions")
            .overrideConfigKey("jtask.queue", "shop")
            .overrideConfigKey("jtask.worker.enabled", "true")
            .overrideConfigKey("jtask.worker.remote-control", "inspect")
            .overrideConfigKey("jtask.worker.redact", "off")
            .overrideConfigKey("shop.elsewhere", "elsewhere")
            .overrideConfigKey("shop.shipping", "shipping")
            .overrideConfigKey("shop.period", "1s");

    @Inject
    Shop.Tasks tasks;

    @Inject
    Shop.Others others;

    @Inject
    TaskClient client;

    @Inject
    UserTransaction transaction;

    @Inject
    MeterRegistry meters;

    @Inject
    SmallRyeHealthReporter health;

    @ConfigProperty(name = "jtask.broker-uri")
    String broker = "";

    @Test
    void tasksRunOnWhatTheContainerGives() {
        assertThat(tasks.transactional().get(SOON)).as("its transaction").isTrue();
        assertThat(tasks.scopeless("a singleton").get(SOON)).isEqualTo("a singleton");
        assertThat(tasks.greet("Ada").get(SOON)).isEqualTo("Dear Ada");
        assertThat(tasks.made().get(SOON)).isEqualTo("the maker");
        assertThat(tasks.say().get(SOON)).as("of the alternative").isEqualTo("LOUDLY");
        assertThat(tasks.weigh(List.of(new Shop.Parcel("Ada", 2), new Shop.Parcel("Bob", 3)))
                        .get(SOON))
                .isEqualTo(5);
    }

    @Test
    void aRunHasItsOwnRequestAndItsOwnDependents() {
        var before = Shop.Anew.DESTROYED.get();
        for (var run : List.of(tasks.anew(), tasks.anew())) {
            assertThat(run.get(SOON)).as("runs of one instance").isEqualTo(1);
        }
        for (var run : List.of(tasks.perRun(), tasks.perRun())) {
            assertThat(run.get(SOON)).as("in one request's basket").isEqualTo(2);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(Shop.Anew.DESTROYED).hasValue(before + 2));
    }

    @Test
    void theQueueOfATaskMayBeAProperty() throws Exception {
        tasks.ship("a book").get(SOON);

        assertThat(depth("shipping")).isEqualTo(1);
    }

    @Test
    void aScheduleSendsItsTask() throws InterruptedException {
        assertThat(Shop.Clockwork.struck()).isTrue();
    }

    @Test
    void whatIsSentInATransactionWaitsForItsCommit() throws Exception {
        others.any();
        long before = depth("elsewhere");
        transaction.begin();
        others.any();
        assertThat(depth("elsewhere")).isEqualTo(before);
        transaction.commit();
        assertThat(depth("elsewhere")).isEqualTo(before + 1);

        transaction.begin();
        var dropped = others.any();
        transaction.rollback();
        assertThatThrownBy(() -> dropped.get(SOON)).hasMessageContaining("was rolled back");

        transaction.begin();
        transaction.setRollbackOnly();
        var doomed = others.any();
        transaction.rollback();
        assertThatThrownBy(() -> doomed.get(SOON)).hasMessageContaining("was rolled back");
        assertThat(depth("elsewhere")).isEqualTo(before + 1);
    }

    @Test
    void whatIsSentAfterATransactionsTimeoutIsNotSent() throws Exception {
        others.any();
        long before = depth("elsewhere");
        transaction.setTransactionTimeout(1);
        try {
            transaction.begin();
            var waiting = others.any();
            await().pollInSameThread().atMost(SOON).until(() -> transaction.getStatus() == Status.STATUS_ROLLEDBACK);
            var late = others.any();

            assertThatThrownBy(() -> waiting.get(SOON)).hasMessageContaining("was rolled back");
            assertThatThrownBy(() -> late.get(SOON)).hasMessageContaining("was rolled back");
            assertThat(depth("elsewhere")).isEqualTo(before);
        } finally {
            assertThatThrownBy(transaction::commit).isInstanceOf(Exception.class);
            transaction.setTransactionTimeout(0);
        }
    }

    @Test
    void itsMetersAndItsHealthAreTheApplications() {
        assertThat(meters.getMeters()).anyMatch(meter -> meter.getId().getName().contains("busy_slots"));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(health.getReadiness().getPayload().toString())
                                .contains("\"name\":\"jtask worker\",\"status\":\"UP\""));
        assertThat(health.getLiveness().isDown()).isFalse();
        assertThat(health.getLiveness().getPayload().toString()).contains("jtask worker");
    }

    @Test
    void remoteControlIsByProperty() {
        var names = await().atMost(SOON).until(() -> client.workers().ping(), heard -> !heard.isEmpty());

        // asked by name, one is waited for
        assertThat(client.workers()
                        .on(names.toArray(String[]::new))
                        .within(SOON)
                        .growPool(1)
                        .values())
                .singleElement()
                .asString()
                .contains("this worker only answers questions");
    }

    private long depth(String queue) throws IOException, TimeoutException {
        try (var connection = BrokerConnections.open(BrokerOptions.of(broker));
                var channel = connection.createChannel()) {
            return channel.messageCount(queue);
        }
    }
}
