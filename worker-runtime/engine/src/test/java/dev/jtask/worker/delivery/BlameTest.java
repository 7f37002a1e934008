package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Queues over which the broker ends connections, or says nothing: none of the others goes down with them or waits.
class BlameTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> QUEUES = List.of("bad", "good", "other");

    private final FakeConnection connection = new FakeConnection();
    private final Destinations destination = new Destinations();
    private final QueueTroubles troubles = new QueueTroubles();
    private FakeConnection shared = connection;
    private Consumers consumers = session();

    @BeforeEach
    void consume() throws IOException {
        consumers.mend(QUEUES);
    }

    @AfterEach
    void stop() {
        consumers.stop();
    }

    @Test
    void theQueueThatEndsTheConnectionHasOneOfItsOwnFromThenOn() throws IOException {
        connection.refuse("basicConsume", "bad", Ends.breakdown());
        assertThatThrownBy(this::adjust).isInstanceOf(IOException.class);
        assertThat(shared.isOpen()).isFalse();
        next();
        adjust();

        assertThat(queues()).containsExactly("good", "other");
        assertThat(consumers.trouble()).contains("queue 'bad' is not consumed", "INTERNAL_ERROR", "majority");
        await("tried again").atMost(SOON).until(() -> {
            consumers.mend(QUEUES);
            return connection.count("basicConsume", "bad") > 3;
        });
        assertThat(shared.isOpen()).as("never at the expense of others").isTrue();

        connection.allow("basicConsume", "bad");
        await("it has a leader again").atMost(SOON).until(() -> {
            consumers.mend(QUEUES);
            return queues().contains("bad");
        });
        adjust();
        assertThat(consumers.trouble()).isNull();
        var bad = consumers.taking().getFirst();
        assertThat(bad.connection()).isNotSameAs(shared.connection());
    }

    @Test
    void itsOwnConnectionIsAllThatItEnds() throws IOException {
        troubles.setApart("bad");
        consumers.stop();
        next();
        await().atMost(SOON).until(() -> queues().contains("bad"));
        adjust();
        connection.refuse("basicCancel", "consumer-001", Ends.breakdown());
        consumers.adjust(consumers.taking().getFirst(), 0);

        assertThat(queues()).containsExactly("good", "other");
        assertThat(shared.isOpen()).isTrue();
    }

    @Test
    void whatIsNotAnsweredHoldsUpNobodyASecondTime() throws IOException {
        connection.refuse("basicConsume", "bad", Ends.silence());
        connection.refuse("basicConsume", "good", Ends.silence());
        assertThatThrownBy(this::adjust).isInstanceOf(IOException.class);
        assertThat(connection.count("basicConsume", "good"))
                .as("not one after the other")
                .isZero();
        var gate = new CountDownLatch(1);
        connection.before("basicConsume bad", gate::await);
        connection.before("basicConsume good", gate::await);

        await("the third one").atMost(SOON).until(() -> {
            consumers.mend(QUEUES);
            return queues().equals(List.of("other"));
        });
        gate.countDown();
        assertThat(shared.isOpen()).isTrue();
    }

    @Test
    void whereNobodyKnowsWhichItWasEachHasAConnectionOfItsOwn() throws IOException {
        adjust();
        shared.close(Ends.breakdown());
        next();

        await().atMost(SOON).until(() -> queues().size() == 3);
        assertThat(consumers.taking())
                .allSatisfy(consumer -> assertThat(consumer.connection()).isNotSameAs(shared.connection()));
    }

    @Test
    void aBrokerThatIsStoppedANetworkOrARefusalBlamesNoQueue() throws IOException {
        adjust();
        shared.close(Ends.network());
        next();
        connection.refuse("basicConsume", "bad", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        adjust();

        assertThat(QUEUES).noneMatch(troubles::isApart);
        assertThat(consumers.trouble()).isEqualTo("queue 'bad' is not consumed: ACCESS_REFUSED");
    }

    @Test
    void oneThatBeginsWhileTheSessionEndsIsLetGo() throws IOException {
        troubles.setApart("bad");
        consumers.stop();
        var gate = new CountDownLatch(1);
        connection.before("basicConsume bad", gate::await);
        next();
        await().atMost(SOON).until(() -> connection.count("basicConsume", "bad") > 0);
        consumers.cancelAll();
        gate.countDown();

        await().atMost(SOON)
                .until(() -> connection.further.stream()
                        .filter(FakeConnection::isOpen)
                        .allMatch(open -> open == shared));
    }

    @Test
    void oneThatIsAskedForOnceMoreIsTriedWithoutHarm() throws IOException {
        connection.refuse("basicConsume", "new", Ends.breakdown());
        assertThatThrownBy(() -> consumers.begin("new", 7)).isInstanceOf(IOException.class);
        next();
        assertThatThrownBy(() -> consumers.begin("new", 7)).isInstanceOf(IOException.class);
        assertThat(shared.isOpen()).isTrue();

        connection.allow("basicConsume", "new");
        consumers.begin("new", 7);
        assertThat(queues()).contains("new");
        connection.consuming().deliver(Given.wire(Given.message("a")), false);
        assertThat(destination.accepted).hasSize(1);
    }

    private Consumers session() {
        var made = new Consumers(
                shared.connection(),
                connection::another,
                troubles,
                destination,
                destination,
                Windows.usual(),
                new SettableClock());
        shared.connection().addShutdownListener(made::lost);
        return made;
    }

    /// The connection was lost, and a new session begins.
    private void next() throws IOException {
        consumers.stop();
        connection.another();
        shared = connection.further.getLast();
        consumers = session();
        consumers.mend(QUEUES);
    }

    private void adjust() throws IOException {
        for (var consumer : consumers.taking()) {
            consumers.adjust(consumer, 4);
        }
    }

    private List<String> queues() {
        return consumers.taking().stream().map(QueueConsumer::queue).toList();
    }
}
