package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.topology.DelayTopology;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How an outlet comes by its connection, and by another.
class OutletConnectionTest extends OutletScene {

    @Test
    void goesOnOnOtherChannelsWhereSomeRefuseForEver() {
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {
            if (connection.channels.indexOf(channel) < 2) {
                channel.nack(message.sequence());
            } else {
                channel.confirm(message.sequence());
            }
        });
        var sent = send(line, "a");
        var single = send(Publication.Way.ALONE, Parcels.reply("single", "b"));

        assertThat(sent.get(0)).succeedsWithin(SOON);
        assertThat(single).succeedsWithin(SOON);
        assertThat(line.connections).hasSize(1);
    }

    @Test
    void messagesWaitForAConnectionAndThoseWithoutPatienceDoNot() {
        var line = new FakeLine();
        line.fail(new IOException("cannot connect to broker amqp://nowhere"));
        outlet = new Outlet(line, "test");
        var patient = send(Parcels.reply("q", "patient"));
        var impatient = send(Publication.Way.TOGETHER, Parcels.reply("q", "impatient"), Patience.none(Duration.ZERO));

        assertThat(Failures.of(impatient)).isInstanceOf(PublishNotConfirmedException.class);
        assertThat(outlet().trouble()).contains("amqp://nowhere");
        assertThat(patient).isNotDone();
        line.fail(null);
        assertThat(patient).succeedsWithin(SOON);
        assertThat(line.count("impatient")).isZero();
    }

    @Test
    void whatIsOverIsLetGoOfWhileThereIsNoConnection() {
        var line = new FakeLine();
        line.fail(new IOException("cannot connect to broker amqp://nowhere"));
        outlet = new Outlet(line, "test");
        var over = List.of(expired(Publication.Way.TOGETHER), expired(Publication.Way.ALONE));

        await().atMost(SOON).until(() -> areForgotten(over));
    }

    @Test
    void whatIsOverIsLetGoOfWhileTheBrokerIsShortOfMemory() throws IOException {
        var line = new FakeLine();
        assertThat(send(line, "a").get(0)).succeedsWithin(SOON);
        line.last().block("memory");
        var over = List.of(expired(Publication.Way.TOGETHER), expired(Publication.Way.ALONE));

        await().atMost(SOON).until(() -> areForgotten(over));
        line.last().unblock();
    }

    @Test
    void whatIsOverIsForgottenWhileAWriteIsNotRead() {
        var read = new CountDownLatch(1);
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {
            try {
                read.await();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts a write", e);
            }
            channel.confirm(message.sequence());
        });
        var sent = send(line, "large").get(0);
        var over = List.of(expired(Publication.Way.TOGETHER), expired(Publication.Way.ALONE));

        // the next that comes finds that it hangs
        await().atMost(SOON).until(() -> {
            expired(Publication.Way.TOGETHER);
            return areForgotten(over);
        });
        assertThat(sent).isNotDone();
        read.countDown();
        assertThat(sent).succeedsWithin(SOON);
    }

    private WeakReference<Publication> expired(Publication.Way way) {
        var publication = new Publication(Parcels.reply("q", "over"), Parcels.ENDLESS, way, outlet()::accept);
        outlet().accept(publication);
        publication.expired(new PublishNotConfirmedException("q", "no answer in time"));
        return new WeakReference<>(publication);
    }

    private static boolean areForgotten(List<WeakReference<Publication>> over) {
        System.gc();
        return over.stream().allMatch(each -> each.get() == null);
    }

    @Test
    void aDelayGoesOnWhileThereIsNoConnection() {
        var line = new FakeLine();
        line.fail(new IOException("cannot connect to broker amqp://nowhere"));
        outlet = new Outlet(line, "test");
        var delayed = send(Parcels.delayed("q", "late"));

        // 5 pauses that double, each at least half of 100 ms
        await().atMost(SOON).until(() -> line.tries >= 6);
        line.fail(null);

        assertThat(delayed).succeedsWithin(SOON);
        assertThat(DelayTopology.delay(line.published().get(0).routingKey())).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void whateverKeepsItFromConnectingIsTriedAgainWithPausesThatGrow() {
        var line = new FakeLine();
        line.fail(new IllegalStateException("unexpected"));
        long began = System.nanoTime();
        outlet = new Outlet(line, "test");
        var sent = send(Parcels.reply("q", "a"));

        await().atMost(SOON).until(() -> line.tries >= 5);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(600));
        line.fail(null);
        assertThat(sent).succeedsWithin(SOON);
    }

    @Test
    void connectionsThatEndAtOnceAreNotOpenedAtFullSpeed() {
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {
            connection.close(Signals.network());
        });
        long began = System.nanoTime();
        var sent = send(line, "a");

        await().atMost(SOON).until(() -> line.connections.size() >= 5);
        // 4 pauses that double, each at least half of 100 ms
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(700));
        assertThat(sent.get(0)).isNotDone();
    }

    @Test
    void aConnectionThatWasOfUseIsReplacedSoon() {
        var line = new FakeLine();
        long began = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            for (var each : i == 0 ? send(line, "0") : List.of(send(Parcels.reply("q", "a")))) {
                assertThat(each).succeedsWithin(SOON);
            }
            line.last().close(Signals.network());
        }
        assertThat(send(Parcels.reply("q", "last"))).succeedsWithin(SOON);
        // 12 pauses that double up to 10 s, each at least half of it, are 37 s at the least
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aConnectionThatIsWaitedForIsNoStandstill() {
        var line = new FakeLine();
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        var slow = new Line() {
            @Override
            public Connection connection() throws IOException {
                asked.countDown();
                assertThat(passes(answered)).isTrue();
                return line.connection();
            }

            @Override
            public void close() {
                line.close();
            }
        };
        outlet = new Outlet(slow, "test");
        var sent = send(Parcels.reply("q", "a"));
        assertThat(passes(asked)).isTrue();

        assertThat(outlet().sinceLook()).isZero();
        answered.countDown();
        assertThat(sent).succeedsWithin(SOON);
        await().atMost(SOON).until(() -> outlet().sinceLook().compareTo(Duration.ofSeconds(5)) < 0);
    }

    @Test
    void hurryingEndsThePauses() {
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> channel.nack(1));
        outlet = new Outlet(line, "test");
        var slow = new Patience(0, 1, new Pauses(Duration.ofHours(1), Duration.ofHours(1)), Duration.ZERO);
        var sent = send(Publication.Way.TOGETHER, Parcels.reply("q", "a"), slow);
        await().atMost(SOON).until(() -> line.published().size() == 1);
        line.last().broker = (channel, message) -> channel.confirm(message.sequence());

        await().atMost(SOON).until(() -> {
            outlet().hurry();
            return sent.isDone();
        });
        assertThat(sent).isCompleted();
    }

    private static boolean passes(CountDownLatch gate) {
        try {
            return gate.await(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the sender", e);
        }
    }
}
