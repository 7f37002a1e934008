package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SenderTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeLine line = new FakeLine();
    private final Sender sender = new Sender(line, "test");

    @AfterEach
    void close() {
        sender.close(Duration.ZERO);
    }

    @Test
    void completesOnceTheBrokerHasTheMessage() {
        assertThat(sender.send(Parcels.reply("q", "a"), Patience.ENDLESS)).succeedsWithin(SOON);
        await().atMost(SOON).until(() -> sender.underWay() == 0);
        assertThat(sender.trouble()).isNull();
    }

    @Test
    void ofTwentyTheLargeOneIsRefusedAloneAndTheOthersAreSentOnce() {
        connected().broker = (channel, message) -> {
            if (message.body().length > 1_000_000) {
                channel.close(Signals.channel(AMQP.PRECONDITION_FAILED, "larger than configured max size"));
            } else {
                channel.confirm(message.sequence());
            }
        };
        var large = sender.send(Parcels.large("q"), Patience.ENDLESS);
        var others = IntStream.range(0, 19)
                .mapToObj(i -> sender.send(Parcels.reply("q", "m" + i), Patience.ENDLESS))
                .toList();

        assertThat(Failures.of(large)).isInstanceOf(PublishRefusedException.class);
        assertThat(others).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(line.published())
                .as("each once, for what goes alone is refused at its first try")
                .hasSize(20);
    }

    @Test
    void aMissingExchangeOfSomebodysIsThatMessagesFailureAlone() {
        connected().broker = (channel, message) -> {
            if (message.exchange().equals("theirs")) {
                channel.close(Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND - no exchange 'theirs' in vhost '/'"));
            } else {
                channel.confirm(message.sequence());
            }
        };
        var foreign = sender.send(Parcels.foreign("theirs", "a"), Patience.ENDLESS);
        var usual = sender.send(Parcels.reply("q", "b"), Patience.ENDLESS);

        assertThat(Failures.of(foreign)).hasMessageContaining("no exchange 'theirs'");
        assertThat(usual).succeedsWithin(SOON);
        assertThat(line.count("a")).isEqualTo(1);
        assertThat(line.count("b")).isEqualTo(1);
    }

    @Test
    void givesUpWhenTheTimeIsOverAndSaysWhy() {
        var patience = new Patience(Patience.FOREVER, 0, Pauses.USUAL, Duration.ofMillis(300));
        try (var down = down("cannot connect to broker amqp://nowhere")) {
            await().atMost(SOON).until(() -> String.valueOf(down.trouble()).contains("nowhere"));
            var sent = down.send(Parcels.reply("q", "a"), patience);

            assertThat(Failures.of(sent))
                    .isInstanceOf(PublishNotConfirmedException.class)
                    .hasMessageContaining("'q'")
                    .hasMessageContaining("PT0.3S")
                    .hasMessageContaining("amqp://nowhere");
        }
    }

    @Test
    void aBlockedBrokerIsWaitedForAndNamedWhenTheTimeIsOver() throws IOException {
        connected().block("low on memory");
        await().atMost(SOON).until(() -> String.valueOf(sender.trouble()).contains("low on memory"));
        var patience = new Patience(0, 0, Pauses.USUAL, Duration.ofMillis(300));
        var impatient = sender.send(Parcels.reply("q", "a"), patience);
        var patient = sender.send(Parcels.reply("q", "b"), Patience.ENDLESS);

        assertThat(Failures.of(impatient)).hasMessageContaining("the broker blocks publishers (low on memory)");
        assertThat(patient).isNotDone();
        line.last().unblock();
        assertThat(patient).succeedsWithin(SOON);
        assertThat(line.count("a")).as("its time was over").isZero();
    }

    @Test
    void aReasonOfAnEarlierTryIsToldWhenTheTimeIsOver() {
        connected().broker = (channel, message) -> channel.nack(message.sequence());
        var patience = new Patience(0, Patience.FOREVER, Pauses.USUAL, Duration.ofMillis(400));

        // a busy machine may not come to a first try in the time of one
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Failures.of(sender.send(Parcels.reply("full", "a"), patience)))
                        .hasMessageContaining("the queue may be full"));
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws IOException {
        connected().broker = (channel, message) -> {};
        var sent = sender.send(Parcels.reply("q", "a"), Patience.ENDLESS);
        await().atMost(SOON).until(() -> line.count("a") == 1);
        var closing = CompletableFuture.supplyAsync(() -> sender.close(SOON));

        await().atMost(SOON).until(() -> refusesNewOnes(sender));
        assertThat(closing).isNotDone();
        for (var channel : line.last().channels) {
            channel.confirmUpTo(Long.MAX_VALUE);
        }
        assertThat(closing).succeedsWithin(SOON).isEqualTo(true);
        assertThat(sent).isCompleted();
        assertThat(line.isClosed()).isTrue();
    }

    @Test
    void closingGivesUpWhatIsLeftAfterTheTime() {
        var down = down("nobody there");
        var sent = down.send(Parcels.reply("q", "a"), Patience.ENDLESS);

        assertThat(down.close(Duration.ofMillis(50))).isFalse();
        assertThat(Failures.of(sent)).isInstanceOf(PublishNotConfirmedException.class);
    }

    @Test
    void aClosedOneSendsNothing() {
        sender.close();

        assertThat(Failures.of(sender.send(Parcels.reply("q", "a"), Patience.ENDLESS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void onAGivenConnectionNothingIsOpenedAnew() {
        var connection = new FakeConnection();
        try (var given = Sender.on(connection.connection())) {
            assertThat(given.send(Parcels.reply("q", "a"), Patience.ENDLESS)).succeedsWithin(SOON);
            connection.close(Signals.network());
            await().atMost(SOON).until(() -> String.valueOf(given.trouble()).contains("the connection is closed"));

            assertThatThrownBy(() -> given.send(Parcels.reply("q", "b"), Patience.none(SOON))
                            .join())
                    .hasCauseInstanceOf(PublishNotConfirmedException.class);
            assertThat(connection.channels).hasSize(1);
        }
    }

    /// Of a line that fails before anybody can have used it.
    private static Sender down(String why) {
        var line = new FakeLine();
        line.fail(new IOException(why));
        return new Sender(line, "test");
    }

    private FakeConnection connected() {
        await().atMost(SOON).until(() -> !line.connections.isEmpty());
        return line.last();
    }

    private static boolean refusesNewOnes(Sender sender) {
        return sender.send(Parcels.reply("q", "late"), Patience.none(Duration.ofSeconds(1)))
                .isCompletedExceptionally();
    }
}
