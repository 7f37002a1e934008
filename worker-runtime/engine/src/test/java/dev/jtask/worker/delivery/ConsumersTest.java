package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Disposition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumersTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeConnection connection = new FakeConnection();
    private final Destinations destination = new Destinations();
    private final QueueTroubles troubles = new QueueTroubles();
    private final Consumers consumers = new Consumers(
            connection.connection(),
            connection::another,
            troubles,
            destination,
            destination,
            Windows.usual(),
            new SettableClock());

    @AfterEach
    void stop() {
        consumers.stop();
    }

    @Test
    void hasOneForEachQueueInOrderOfPreference() throws IOException {
        consumers.mend(List.of("a", "b", "c"));
        consumers.mend(List.of("a", "b", "c"));

        assertThat(queues()).containsExactly("a", "b", "c");
        assertThat(consumers.all()).hasSize(3);
        assertThat(consumers.trouble()).isNull();
    }

    @Test
    void aQueueThatMayNotBeDeclaredStopsNoOtherAndIsTriedAgain() throws IOException {
        missing("no");
        connection.refuse("queueDeclare", "no", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - configure"));
        consumers.mend(List.of("no", "yes"));

        assertThat(queues()).containsExactly("yes");
        assertThat(consumers.trouble()).contains("queue 'no' is not consumed").contains("ACCESS_REFUSED - configure");
        connection.allow("queueDeclarePassive", "no"); // somebody has declared it
        await().atMost(SOON).untilAsserted(() -> {
            consumers.mend(List.of("no", "yes"));
            assertThat(queues()).containsExactly("no", "yes");
        });
        consumers.adjust(consumers.taking().getFirst(), 1);
        assertThat(consumers.trouble()).isNull();
    }

    @Test
    void aQueueThatMayNotBeReadStopsNoOtherAndIsTriedWithPausesThatGrow() throws IOException {
        connection.refuse("basicConsume", "no", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - read"));
        for (int i = 0; i < 50; i++) {
            consumers.mend(List.of("no", "yes"));
            for (var consumer : consumers.taking()) {
                consumers.adjust(consumer, 1);
            }
        }

        assertThat(queues()).containsExactly("yes");
        assertThat(consumers.trouble()).contains("queue 'no' is not consumed").contains("ACCESS_REFUSED - read");
        assertThat(connection.count("basicConsume", "no")).isLessThan(10);
        assertThat(connection.count("basicConsume", "yes")).isEqualTo(1);
        assertThat(connection.channels.stream().filter(FakeChannel::isOpen)).hasSize(1);
    }

    @Test
    void aQueueOfWhichTheBrokerSaysNothingStopsNoOther() throws IOException {
        connection.refuse("queueDeclarePassive", "a", Ends.silence());
        consumers.mend(List.of("a", "b"));

        assertThat(queues()).containsExactly("b");
        assertThat(consumers.trouble()).contains("queue 'a'").contains("is the queue's node up?");
        connection.allow("queueDeclarePassive", "a");
        await("it is answered").atMost(SOON).untilAsserted(() -> {
            consumers.mend(List.of("a", "b"));
            assertThat(queues()).containsExactlyInAnyOrder("a", "b");
        });
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNotAskedForTheNextQueue() {
        connection.refuse("queueDeclarePassive", "a", Ends.silence());
        connection.before("queueDeclarePassive a", connection::fallSilent);

        assertThatThrownBy(() -> consumers.mend(List.of("a", "b"))).isInstanceOf(IOException.class);
        assertThat(connection.count("queueDeclarePassive", "b")).isZero();
        assertThat(consumers.trouble()).contains("queue 'a'");
    }

    @Test
    void whatIsWrongWithAQueueIsToldWhileTheBrokerDoesNotAnswer() throws Exception {
        missing("no");
        connection.refuse("queueDeclare", "no", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        consumers.mend(List.of("no"));
        var asked = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        connection.before("queueDeclarePassive slow", () -> {
            asked.countDown();
            gate.await();
        });
        var mending = Thread.ofVirtual().start(() -> {
            try {
                consumers.mend(List.of("no", "slow"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(consumers.trouble()).contains("ACCESS_REFUSED");
        gate.countDown();
        assertThat(mending.join(SOON)).isTrue();
    }

    @Test
    void aQueueThatWasDeletedIsDeclaredAndConsumedAgain() throws IOException {
        consumers.mend(List.of("a"));
        var first = consumers.all().getFirst();
        consumers.adjust(first, 1);
        connection.consuming().cancelConsumers();
        consumers.mend(List.of("a"));

        assertThat(consumers.all()).singleElement().isNotSameAs(first);
        assertThat(connection.channels.stream().filter(FakeChannel::isOpen)).hasSize(1);
    }

    @Test
    void aChannelThatIsEndedAgainAndAgainComesBackMoreAndMoreSlowly() throws IOException {
        consumers.mend(List.of("a"));
        for (int i = 0; i < 2; i++) {
            consumers.adjust(consumers.all().getFirst(), 1);
            connection.consuming().close(Ends.timedOut(3_000));
            consumers.mend(List.of("a"));
        }

        assertThat(consumers.all()).isEmpty();
        assertThat(consumers.trouble()).contains("queue 'a' is not consumed");
        await().atMost(SOON).untilAsserted(() -> {
            consumers.mend(List.of("a"));
            assertThat(consumers.all()).hasSize(1);
        });
        assertThat(destination.timeouts).containsOnly(Duration.ofSeconds(3));
    }

    @Test
    void aQueueThatKnowsNoTimeForItsConsumersIsConsumedWithout() throws IOException {
        connection.refuse(
                "basicConsume",
                "a",
                Ends.refused(AMQP.PRECONDITION_FAILED, "invalid arg 'x-consumer-timeout' for queue 'a'"));
        consumers.mend(List.of("a"));
        consumers.adjust(consumers.all().getFirst(), 1);
        connection.allow("basicConsume", "a");
        consumers.mend(List.of("a"));

        assertThat(consumers.isPlain("a")).isTrue();
        assertThat(consumers.all()).hasSize(1);
        assertThat(consumers.trouble()).isNull();
    }

    @Test
    void aNewQueueIsConsumedAtOnceOrRefused() throws IOException {
        consumers.begin("new", 7);
        assertThat(connection.count("basicConsume", "new")).isEqualTo(1);
        consumers.begin("new", 7);
        assertThat(consumers.all()).hasSize(1);

        missing("amq.nope");
        connection.refuse("queueDeclare", "amq.nope", Ends.refused(AMQP.ACCESS_REFUSED, "reserved prefix"));
        assertThatThrownBy(() -> consumers.begin("amq.nope", 7))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reserved prefix");
        connection.refuse("basicConsume", "no", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - read"));
        assertThatThrownBy(() -> consumers.begin("no", 7)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> consumers.begin("", 7)).isInstanceOf(IllegalArgumentException.class);
        assertThat(queues()).containsExactly("new");
        assertThat(consumers.trouble()).isNull();
        assertThat(connection.channels.stream().filter(FakeChannel::isOpen)).hasSize(1);
    }

    @Test
    void aRemovedQueueIsLetGoOnceItHoldsNothing() throws IOException {
        consumers.mend(List.of("a", "b"));
        var removed = consumers.all().getFirst();
        consumers.adjust(removed, 4);
        var channel = connection.consuming();
        channel.deliver(Given.wire(Given.message("x")), false);
        consumers.remove("a");
        consumers.mend(List.of("b"));
        assertThat(consumers.all()).hasSize(2);
        assertThat(queues()).containsExactly("b");

        destination.accepted.getFirst().receipt().settle(new Disposition.Ack());
        await().atMost(SOON).untilAsserted(() -> {
            consumers.mend(List.of("b"));
            assertThat(consumers.all()).hasSize(1);
        });
        assertThat(channel.settled).as("before the channel is closed").containsExactly("ack 1");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aRefusedQueueThatNobodyWantsAnyMoreIsNoTrouble() throws IOException {
        missing("no");
        connection.refuse("queueDeclare", "no", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        consumers.mend(List.of("no"));
        assertThat(consumers.trouble()).isNotNull();
        consumers.mend(List.of());

        assertThat(consumers.trouble()).isNull();
    }

    @Test
    void oneThatRestsTakesNothingAndIsNamed() throws IOException {
        consumers.mend(List.of("a", "b"));
        var resting = consumers.all().getFirst();
        consumers.adjust(resting, 4);
        connection.consuming().deliver(Given.wire(Given.message("x")), false);
        destination.accepted.getFirst().receipt().settle(new Disposition.Leave("no dead letters"));

        assertThat(queues()).containsExactly("b");
        assertThat(consumers.trouble()).isEqualTo("no dead letters");
        consumers.rest();
        assertThat(consumers.limit()).isZero();
        assertThat(connection.count("basicCancel", "consumer-001")).isEqualTo(1);
    }

    @Test
    void cancellingTakesNothingFromAnyQueue() throws IOException {
        consumers.mend(List.of("a", "b"));
        for (var consumer : consumers.taking()) {
            consumers.adjust(consumer, 2);
        }
        assertThat(consumers.limit()).isEqualTo(4);
        consumers.cancelAll();

        assertThat(consumers.limit()).isZero();
        assertThat(consumers.taking()).isEmpty();
    }

    @Test
    void afterItsEndNoneIsAdded() throws IOException {
        consumers.cancelAll();
        consumers.mend(List.of("a"));

        assertThat(consumers.all()).isEmpty();
        assertThat(connection.channels.stream().filter(FakeChannel::isOpen)).isEmpty();
    }

    private void missing(String queue) {
        connection.refuse("queueDeclarePassive", queue, Ends.refused(AMQP.NOT_FOUND, "NOT_FOUND"));
    }

    private List<String> queues() {
        return consumers.taking().stream().map(QueueConsumer::queue).toList();
    }
}
