package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.run.Permits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountedRunTest {

    private static final String QUEUE = "jtask.limits.t.x.running";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final HandTimer timer = new HandTimer();
    private FakeConnection connection = new FakeConnection();
    private final SpareChannels channels = new SpareChannels(() -> connection.connection(), channel -> {});
    private final RunCount count = new RunCount(channels, timer, Runnable::run);

    @Test
    void countsUntilItIsOver() throws IOException {
        var run = begun();
        assertThat(connection.consumers(QUEUE)).isEqualTo(1);
        run.close();
        assertThat(connection.consumers(QUEUE)).isZero();

        begun();
        assertThat(connection.channels).as("its channel is the next one's").hasSize(1);
    }

    @Test
    void countsAgainAfterItsConnectionWasLost() throws IOException {
        begun();
        connection.close(Ends.network());
        connection = new FakeConnection();
        timer.pass(SOON);

        assertThat(connection.consumers(QUEUE)).isEqualTo(1);
        assertThat(timer.waiting()).isEmpty();
    }

    @Test
    void countsAgainAfterItsQueueWasDeleted() throws IOException {
        begun();
        connection.channels.getFirst().cancelConsumers();
        assertThat(connection.consumers(QUEUE)).isZero();
        timer.pass(SOON);

        assertThat(connection.consumers(QUEUE)).isEqualTo(1);
    }

    @Test
    void triesThatUntilItSucceeds() throws IOException {
        begun();
        connection.close(Ends.network());
        connection = new FakeConnection();
        connection.refuse("queueDeclare", QUEUE, Ends.refused(AMQP.NOT_FOUND, "its node is down"));
        timer.pass(SOON);
        assertThat(connection.consumers(QUEUE)).isZero();
        connection.allow("queueDeclare", QUEUE);
        timer.pass(SOON.multipliedBy(20));

        assertThat(connection.consumers(QUEUE)).isEqualTo(1);
    }

    @Test
    void doesNotCountAgainOnceItIsOver() throws IOException {
        var run = begun();
        connection.close(Ends.network());
        connection = new FakeConnection();
        run.close();
        timer.pass(SOON);

        assertThat(connection.channels).isEmpty();
    }

    @Test
    void doesNotStayWhenItEndsWhileItComesBack() throws IOException {
        var run = begun();
        connection.close(Ends.network());
        connection = new FakeConnection();
        connection.before("basicConsume " + QUEUE, run::close);
        timer.pass(SOON);

        assertThat(connection.consumers(QUEUE)).isZero();
    }

    @Test
    void isNotCountedAgainAfterItsWorker() throws IOException {
        begun();
        channels.close();

        assertThat(timer.waiting()).isEmpty();
    }

    private Permits.Permit begun() throws IOException {
        if (count.ask(QUEUE, 1) instanceof Permits.Answer.Granted(var permit)) {
            return permit;
        }
        throw new AssertionError("not granted");
    }
}
