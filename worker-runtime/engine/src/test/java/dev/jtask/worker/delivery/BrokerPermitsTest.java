package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.topology.LimitScope;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.run.Permits.Answer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerPermitsTest {

    private static final LimitScope SCOPE = new LimitScope("t.x", null);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeConnection counting = new FakeConnection();
    private final FakeConnection publishing = new FakeConnection();
    private final BrokerPermits permits =
            new BrokerPermits(counting::connection, publishing::connection, new HandTimer(), Runnable::run);

    @Test
    void nothingIsPublishedWhereRunsAreCounted() {
        assertThat(permits.run(SCOPE, 1)).isInstanceOf(Answer.Granted.class);
        assertThat(permits.run(SCOPE, 1)).isInstanceOf(Answer.Full.class);
        assertThat(permits.start(SCOPE, 1, MINUTE)).isInstanceOf(Answer.Granted.class);

        assertThat(counting.calls).noneMatch(call -> call.startsWith("basicPublish"));
        assertThat(publishing.calls).contains("basicPublish ");
    }

    @Test
    void aMissingRightIsNamedWithTheFix() {
        counting.refuse(
                "queueDeclare",
                SCOPE.running(),
                Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - configure access to queue refused"));

        assertThat(permits.run(SCOPE, 1))
                .isEqualTo(
                        new Answer.Unknown(
                                "queue 'jtask.limits.t.x.running': ACCESS_REFUSED - configure access to queue refused; let the worker's user configure and read jtask\\.limits\\..*"));
    }

    @Test
    void aBrokerThatIsAwayIsNoReasonToThrow() {
        var away = new BrokerPermits(
                () -> {
                    throw new IOException("nobody listens");
                },
                publishing::connection,
                new HandTimer(),
                Runnable::run);

        assertThat(away.run(SCOPE, 1))
                .isEqualTo(new Answer.Unknown("queue 'jtask.limits.t.x.running': nobody listens"));
    }

    @Test
    void whoMayNotWaitGetsNoPermit() {
        Thread.currentThread().interrupt();

        assertThat(permits.run(SCOPE, 1)).isInstanceOf(Answer.Unknown.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void itsConnectionsEndWithIt() {
        permits.run(SCOPE, 1);
        permits.start(SCOPE, 1, MINUTE);
        permits.close();

        assertThat(counting.connection().isOpen()).isFalse();
        assertThat(publishing.connection().isOpen()).isFalse();
    }
}
