package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Signals.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// What goes wrong; that it goes well is shown with a real broker.
class BrokerSignalsTest {

    private static final SignalPlace AT = new SignalPlace("a", "approval");

    private final FakeConnection fake = new FakeConnection();
    private final BrokerSignals signals = new BrokerSignals(fake::connection, Runnable::run);

    @Test
    void aMissingRightIsFinalAndNamedWithTheFix() {
        fake.refuse(
                "queueDeclare",
                AT.value(),
                Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - configure access to queue refused"));

        assertThat(signals.look(AT, Given.QUEUE))
                .isEqualTo(
                        new Answer.Refused(
                                "ACCESS_REFUSED - configure access to queue refused; let the worker's user configure and read jtask\\.signals\\..*, and write to amq.default"));
    }

    @Test
    void aTaskThatIsNotParkedForThatSaysSo() {
        fake.refuse(
                "queueDeclare",
                AT.task(),
                Ends.refused(
                        AMQP.PRECONDITION_FAILED,
                        "PRECONDITION_FAILED - inequivalent arg 'x-dead-letter-routing-key' for queue 'x'"));

        assertThat(signals.park(AT, Given.QUEUE, Given.wire(Given.message("a"))))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining("has waited for another queue: delete the queue that is named");
    }

    @Test
    void aBrokerThatIsAwayMayComeBack() {
        var away = new BrokerSignals(
                () -> {
                    throw new IOException("nobody listens");
                },
                Runnable::run);

        assertThat(away.look(AT, Given.QUEUE)).isEqualTo(new Answer.Unknown("nobody listens"));
        assertThat(away.park(AT, Given.QUEUE, Given.wire(Given.message("a"))))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(UncheckedIOException.class);
        away.forget(AT, null);
    }

    @Test
    void whoMayNotWaitIsToldNothing() {
        Thread.currentThread().interrupt();

        assertThat(signals.look(AT, Given.QUEUE)).isEqualTo(new Answer.Unknown("interrupted"));
        assertThat(Thread.interrupted()).isTrue();
    }
}
