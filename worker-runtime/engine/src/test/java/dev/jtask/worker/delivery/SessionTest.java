package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Disposition;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest extends SessionScene {

    @Test
    void runsWhatComesAndAcknowledgesIt() throws IOException {
        gate.countDown();
        open();
        deliver("a", false);

        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(ended).singleElement().matches(job -> job.message().id().equals("a"));
    }

    @Test
    void hasProgressedOnceAMessageIsDoneWithAndNotWhenOneCame() throws IOException {
        var open = open();
        deliver("a", false);
        assertThat(open.hasProgressed()).isFalse();

        gate.countDown();
        await().atMost(SOON).until(open::hasProgressed);
    }

    @Test
    void whatComesAgainIsPutInItsQueueAnewAndNotRun() throws IOException {
        gate.countDown();
        open();
        deliver("a", true);

        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(sender.destinations()).containsExactly("q");
        assertThat(redelivered).hasValue(1);
        assertThat(ended).isEmpty();
    }

    @Test
    void aDeliveryThatIsTakenBackCostsNeitherItsRunNorTheSession() throws Exception {
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> started.get() == 1);
        channel().close(Ends.timedOut(4_000));
        var anew = channel();
        anew.deliver(Given.wire(Given.message("a")), true);
        gate.countDown();

        await().atMost(SOON).until(() -> anew.settled.contains("ack 1"));
        assertThat(started).hasValue(1);
        assertThat(sender.sent()).as("it is no return").isEmpty();
        assertThat(redelivered).hasValue(1);
        assertThat(open.awaitEnd(Duration.ZERO)).isFalse();
        assertThat(window.assumed()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void oneThatIsRefusedForItsDeathsIsToldOnceWhileItsLetterWaits() throws IOException {
        settles = false;
        sender.answer(parcel -> parcel.queue().equals("q.suspects")
                ? RecordingSender.failed(BrokerFailures.refused("no"))
                : RecordingSender.confirmed());
        open();
        var killer = Given.wire(Given.wire(Given.message("killer")), Map.of(JtaskHeaders.REDELIVERIES, 10));
        channel().deliver(killer, true);
        await().atMost(SOON).until(() -> ended.size() == 1);
        channel().close(Ends.timedOut(4_000));
        var anew = channel();
        anew.deliver(killer, true);
        ended.getFirst().delivery().receipt().settle(new Disposition.Ack());

        await().atMost(SOON).until(() -> anew.settled.contains("ack 1"));
        assertThat(ended).hasSize(1);
        assertThat(started).hasValue(0);
    }

    @Test
    void theEndOfASuspectThatHasRunLetsTheNextOneRun() throws IOException {
        settles = false;
        gate.countDown();
        connection.add("q.suspects", Given.wire(Given.message("a")), false);
        connection.add("q.suspects", Given.wire(Given.message("b")), false);
        open();

        await().atMost(SOON).until(() -> ended.size() == 2);
    }

    @Test
    void whatWaitedOnAChannelThatIsLostIsNotStarted() throws IOException {
        open();
        deliver("runs", false);
        deliver("runs too", false);
        await().atMost(SOON).until(() -> started.get() == 2);
        deliver("waits", false);
        channel().close(Ends.timedOut(4_000));
        gate.countDown();
        channel().deliver(Given.wire(Given.message("other")), false);

        await().atMost(SOON).until(() -> ended.size() == 3);
        assertThat(ended).extracting(job -> job.message().id()).doesNotContain("waits");
    }

    @Test
    void aConnectionThatIsLostEndsItAndNothingIsSettledAfterwards() throws Exception {
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> started.get() == 1);
        connection.close(Ends.network());

        assertThat(open.awaitEnd(SOON)).isTrue();
        assertThat(open.trouble()).isEqualTo("the connection is lost");
        gate.countDown();
        await().atMost(SOON).until(() -> ended.size() == 1);
        assertThat(connection.channels).allMatch(channel -> channel.settled.isEmpty());
    }

    @Test
    void aConnectionThatIsLostWhileItOpensLeavesNothingBehind() {
        connection.before("queueDeclarePassive q", () -> connection.close(Ends.network()));

        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anErrorWhileItOpensIsNamedWithItsQueue() throws IOException {
        connection.refuse("queueDeclarePassive", "q", new OutOfMemoryError("no native threads"));

        assertThat(open().trouble()).contains("queue 'q' is not consumed", "no native threads");
    }

    @Test
    void anErrorWhileAQueueIsConsumedAnewEndsNoThread() throws IOException {
        gate.countDown();
        open();
        var first = channel();
        connection.refuse("queueDeclarePassive", "q", new InternalError("no native threads"));
        first.close(Ends.timedOut(4_000));
        long asked = connection.count("queueDeclarePassive", "q");
        await().atMost(SOON).until(() -> connection.count("queueDeclarePassive", "q") > asked);

        connection.allow("queueDeclarePassive", "q");
        deliver("a", false);
        await().atMost(SOON).until(() -> ended.size() == 1);
    }

    @Test
    void aQueueThatMayNotBeConsumedIsNamedAndTheOthersAreConsumed() throws IOException {
        queues.add("no");
        connection.refuse("basicConsume", "no", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        gate.countDown();
        var open = open();

        await().atMost(SOON).until(() -> String.valueOf(open.trouble()).contains("queue 'no' is not consumed"));
        deliver("a", false);
        await().atMost(SOON).until(() -> ended.size() == 1);
    }

    @Test
    void bindsItsQueuesForDelays() throws IOException {
        open();

        await().atMost(SOON).until(() -> connection.count("queueBind", "q") == 1);
    }

    @Test
    void beforeItEndsWhatWaitsGoesBackAsNewMessages() throws IOException {
        var open = open();
        deliver("runs", false);
        deliver("runs too", false);
        await().atMost(SOON).until(() -> started.get() == 2);
        deliver("waits", false);
        var channel = channel();
        open.quiet();

        assertThat(sender.destinations()).containsExactly("q");
        assertThat(Returns.count(sender.last().parcel().message())).isZero();
        await().atMost(SOON).until(() -> channel.settled.contains("ack 3"));
        assertThat(channel.consumers()).isZero();
        gate.countDown();
        await().atMost(SOON).until(() -> channel.settled.stream().anyMatch(each -> each.endsWith(" 2")));
    }

    @Test
    void whatCannotBeSentGoesBackAsItIs() throws IOException {
        settling = false;
        var open = open();
        deliver("a", false);
        var channel = channel();
        open.quiet();

        await().atMost(SOON).until(() -> channel.settled.contains("requeue 1"));
        assertThat(sender.sent()).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    void atItsEndItsAcknowledgementsAreWithTheBroker() throws Exception {
        gate.countDown();
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> ended.size() == 1);
        var channel = channel();
        open.quiet();
        open.close(SOON);

        assertThat(channel.settled).containsExactly("ack 1");
        await().atMost(SOON).until(() -> !connection.connection().isOpen());
    }
}
