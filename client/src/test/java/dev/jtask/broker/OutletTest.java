package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutletTest extends OutletScene {

    @Test
    void sendsWhatItIsGivenOnce() {
        var line = new FakeLine();
        var sent = send(line, "a", "b", "c");

        assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(texts(line)).containsExactly("a", "b", "c");
        assertThat(outlet().trouble()).isNull();
    }

    @Test
    void ofManyTheOneThatTheBrokerDoesNotTakeIsRefusedAndNoOtherIsPublishedMoreThanTwice() {
        var tooLarge = Signals.channel(AMQP.PRECONDITION_FAILED, "message size 2 is larger than configured max size 1");
        var line = new FakeLine(connection -> connection.broker = confirmingLate("bad", tooLarge));
        var texts = IntStream.range(0, 20)
                .mapToObj(i -> i == 10 ? "bad" : "good-" + i)
                .toList();
        var sent = send(line, texts.toArray(new String[0]));

        for (int i = 0; i < 20; i++) {
            if (i == 10) {
                assertThat(Failures.of(sent.get(i)))
                        .isInstanceOf(PublishRefusedException.class)
                        .hasMessageContaining("larger than configured max size");
            } else {
                assertThat(sent.get(i)).succeedsWithin(SOON);
                assertThat(line.count(texts.get(i))).isBetween(1L, 2L);
            }
        }
        assertThat(line.count("bad")).isEqualTo(2);
        assertThat(line.connections).as("no connection was lost for it").hasSize(1);
    }

    @Test
    void aMessageThatEndsTheConnectionIsFoundAndNoOtherIsBlamed() {
        var protest = Signals.connection(AMQP.INTERNAL_ERROR, "INTERNAL_ERROR");
        var line = new FakeLine(connection -> connection.broker = confirmingLate("bad", protest));
        outlet = new Outlet(line, "test");
        var sent = new ArrayList<CompletableFuture<@Nullable Void>>();
        sent.add(send(Parcels.reply("q", "bad")));
        sent.add(send(Parcels.large("q")));
        IntStream.range(0, 10).forEach(i -> sent.add(send(Parcels.reply("q", "good-" + i))));

        assertThat(Failures.of(sent.get(0)))
                .isInstanceOf(PublishRefusedException.class)
                .hasMessageContaining("INTERNAL_ERROR");
        assertThat(sent.subList(1, sent.size()))
                .allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(line.count("bad")).isEqualTo(3);
        assertThat(line.connections).hasSizeBetween(4, 5);
    }

    @Test
    void largeOnesAndThoseForAnExchangeGoAloneAndOneAfterTheOther() throws IOException {
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {});
        outlet = new Outlet(line, "test");
        var first = send(Publication.Way.ALONE, Parcels.large("q"));
        var second = send(Publication.Way.ALONE, Parcels.foreign("theirs", "b"));
        var quick = send(Parcels.reply("q", "quick"));

        await().atMost(SOON).until(() -> line.published().size() == 2);
        assertThat(line.count("quick")).isEqualTo(1);
        assertThat(line.count("b")).isZero();
        confirmAll(line);
        await().atMost(SOON).until(() -> line.count("b") == 1);
        confirmAll(line);
        assertThat(List.of(first, second, quick))
                .allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
    }

    @Test
    void aQueueOfWhichTheBrokerSaysNothingHoldsUpNoLargeMessageForAnother() {
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {
            if (!message.routingKey().equals("silent")) {
                channel.confirm(message.sequence());
            }
        });
        outlet = new Outlet(line, "test");
        var silent = send(Publication.Way.ALONE, Parcels.large("silent"));
        var others = List.of(
                send(Publication.Way.ALONE, Parcels.large("q")),
                send(Publication.Way.ALONE, Parcels.foreign("theirs", "b")));

        assertThat(others).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(silent).isNotDone();
        assertThat(line.connections).hasSize(1);
    }

    @Test
    void suspectsForAQueueOfWhichTheBrokerSaysNothingHoldUpNoOtherQueueForLong() {
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {
            if (!message.routingKey().equals("silent")) {
                channel.confirm(message.sequence());
            }
        });
        outlet = new Outlet(line, "test");
        var silent = List.of(send(Parcels.reply("silent", "a")), send(Parcels.reply("silent", "b")));
        await().atMost(SOON).until(() -> line.published().size() == 2);
        line.last().close(Signals.connection(AMQP.COMMAND_INVALID, "COMMAND_INVALID"));
        var others = List.of(send(Parcels.reply("q", "c")), send(Publication.Way.ALONE, Parcels.large("q")));

        assertThat(others).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(silent).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void whatCannotBeAskedForIsRefusedAndOthersGoOn() {
        var line = new FakeLine();
        outlet = new Outlet(line, "test");
        var bad = send(Parcels.tasks("x".repeat(300), "bad"));
        var good = send(Parcels.tasks("q", "good"));

        assertThat(Failures.of(bad))
                .isInstanceOf(PublishRefusedException.class)
                .hasMessageContaining("a queue has a name of 1 to 255 octets");
        assertThat(good).succeedsWithin(SOON);
        assertThat(line.connections).hasSize(1);
    }

    @Test
    void aConnectionThatIsLostWhileAQueueIsMadeSureOfLosesNoMessage() {
        var tries = new AtomicInteger();
        var line = new FakeLine(connection -> {
            if (tries.getAndIncrement() == 0) {
                connection.refuse("queueDeclarePassive", "q", new AlreadyClosedException(Signals.network()));
            }
        });
        outlet = new Outlet(line, "test");
        var sent = send(Parcels.tasks("q", "a"));

        await().atMost(SOON).until(() -> !line.connections.isEmpty());
        line.connections.get(0).close(Signals.network());
        assertThat(sent).succeedsWithin(SOON);
    }

    @Test
    void anErrorWhileOneIsSentIsItsFailureAndNotTheEndOfTheThread() {
        var line = new FakeLine(connection ->
                connection.refuse("queueDeclarePassive", "heavy", new OutOfMemoryError("no native threads")));
        outlet = new Outlet(line, "test");
        var bad = send(Publication.Way.TOGETHER, Parcels.tasks("heavy", "bad"), Parcels.THRICE);
        var good = send(Parcels.tasks("q", "good"));

        assertThat(Failures.of(bad))
                .as("a want of memory passes")
                .isInstanceOf(PublishNotConfirmedException.class)
                .hasMessageContaining("no native threads");
        assertThat(good).succeedsWithin(SOON);
    }

    @Test
    void aDelayWhoseExchangeIsGoneIsDeclaredAnewAndSent() {
        var line = new FakeLine();
        outlet = new Outlet(line, "test");
        assertThat(send(Parcels.delayed("orders", "first"))).succeedsWithin(SOON);
        var declared = line.last().count("exchangeDeclare", "celery_delayed_27");
        var closed = new AtomicInteger();
        line.last().broker = (channel, message) -> {
            if (closed.getAndIncrement() == 0) {
                channel.close(Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND - no exchange 'celery_delayed_27'"));
            } else {
                channel.confirm(message.sequence());
            }
        };

        assertThat(send(Parcels.delayed("orders", "second"))).succeedsWithin(SOON);
        assertThat(line.last().count("exchangeDeclare", "celery_delayed_27")).isEqualTo(declared + 1);
    }

    @Test
    void manyDelaysThatWereLostWithOneConnectionHaveTheirTopologyDeclaredOnce() {
        var lost = new AtomicInteger();
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {
            if (lost.get() < 50) {
                if (lost.incrementAndGet() == 50) {
                    connection.close(Signals.network());
                }
            } else {
                channel.confirm(message.sequence());
            }
        });
        outlet = new Outlet(line, "test");
        var sent = IntStream.range(0, 50)
                .mapToObj(i -> send(Publication.Way.TOGETHER, Parcels.delayed("orders", "d" + i), Parcels.ENDLESS))
                .toList();

        assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(line.last().count("exchangeDeclare", "celery_delayed_27")).isEqualTo(1);
    }

    @Test
    void aQueueThatIsGoneIsMadeSureOfBeforeTheNextMessage() {
        var line = new FakeLine();
        outlet = new Outlet(line, "test");
        assertThat(send(Parcels.tasks("q", "a"))).succeedsWithin(SOON);
        assertThat(send(Parcels.tasks("q", "b"))).succeedsWithin(SOON);
        assertThat(line.last().count("queueDeclarePassive", "q")).isEqualTo(1);
        line.last().broker = FakeChannel::giveBack;
        var returned = send(Publication.Way.TOGETHER, Parcels.tasks("q", "c"), Parcels.THRICE);
        assertThat(Failures.of(returned)).isInstanceOf(UnroutableException.class);
        line.last().broker = (channel, message) -> channel.confirm(message.sequence());

        assertThat(send(Parcels.tasks("q", "d"))).succeedsWithin(SOON);
        assertThat(line.last().count("queueDeclarePassive", "q")).isEqualTo(2);
    }

    @Test
    void whileTheBrokerBlocksNothingIsPublishedAndThenEverythingIs() throws IOException {
        var line = new FakeLine();
        send(line, "first").forEach(each -> assertThat(each).succeedsWithin(SOON));
        line.last().block("low on memory");
        var sent = send(Parcels.reply("q", "second"));

        await().atMost(SOON).until(() -> String.valueOf(outlet().trouble()).contains("low on memory"));
        assertThat(line.count("second")).isZero();
        line.last().unblock();
        assertThat(sent).succeedsWithin(SOON);
        await().atMost(SOON).until(() -> outlet().trouble() == null);
    }

    @Test
    void whatWaitsWhenItIsClosedFailsAndSoDoesWhatComesLater() {
        var line = new FakeLine();
        line.fail(new IOException("nobody there"));
        outlet = new Outlet(line, "test");
        var before = send(Parcels.reply("q", "before"));
        var alone = send(Publication.Way.ALONE, Parcels.large("q"));
        outlet().close();

        assertThat(Failures.of(before)).hasMessageContaining("the sender was closed first");
        assertThat(Failures.of(alone)).hasMessageContaining("the sender was closed first");
        assertThat(Failures.of(send(Parcels.reply("q", "after")))).hasMessageContaining("the sender was closed first");
        assertThat(line.isClosed()).isTrue();
    }

    @Test
    void whatIsInFlightWhenItIsClosedFails() {
        var line = new FakeLine(connection -> connection.broker = (channel, message) -> {});
        var sent = send(line, "a");
        await().atMost(SOON).until(() -> line.published().size() == 1);
        outlet().close();

        assertThat(Failures.of(sent.get(0))).isInstanceOf(PublishNotConfirmedException.class);
    }

    @Test
    void aWriteThatTheBrokerDoesNotReadIsTroubleAndNotAStandstill() {
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

        await().atMost(SOON).until(() -> String.valueOf(outlet().trouble()).contains("the broker reads nothing"));
        assertThat(outlet().sinceLook()).isZero();
        read.countDown();
        assertThat(sent).succeedsWithin(SOON);
        await().atMost(SOON).until(() -> outlet().trouble() == null);
        await().atMost(SOON).until(() -> outlet().sinceLook().compareTo(Duration.ofSeconds(5)) < 0);
    }

    @Test
    void looksAroundAlsoWhenThereIsNothingToDo() {
        outlet = new Outlet(new FakeLine(), "test");

        await().during(Duration.ofMillis(800))
                .atMost(SOON)
                .until(() -> outlet().sinceLook().compareTo(Duration.ofSeconds(5)) < 0);
    }
}
