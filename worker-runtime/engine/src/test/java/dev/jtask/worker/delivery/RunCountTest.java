package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.run.Permits;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RunCountTest {

    private static final String QUEUE = "jtask.limits.t.x.running";

    private final FakeConnection connection = new FakeConnection();
    private final RunCount count =
            new RunCount(new SpareChannels(connection::connection, channel -> {}), new HandTimer(), Runnable::run);

    @Test
    void permitsSoManyRunsAndNoMore() throws IOException {
        var first = granted();
        granted();

        assertThat(count.ask(QUEUE, 2)).isInstanceOf(Permits.Answer.Full.class);
        first.close();
        granted();
        assertThat(connection.consumers(QUEUE)).isEqualTo(2);
    }

    @Test
    void countsTheRunsOfOthers() throws IOException {
        connection.others(QUEUE, 2);

        assertThat(count.ask(QUEUE, 2)).isInstanceOf(Permits.Answer.Full.class);
        assertThat(connection.count("basicConsume", QUEUE))
                .as("does not even join")
                .isZero();
    }

    @Test
    void leavesAgainWhereSomebodyJoinedAtTheSameTime() throws IOException {
        connection.before("basicConsume " + QUEUE, () -> connection.others(QUEUE, 2));

        assertThat(count.ask(QUEUE, 2)).isInstanceOf(Permits.Answer.Full.class);
        assertThat(connection.consumers(QUEUE)).as("those of others").isEqualTo(2);
    }

    @Test
    void triesAgainWhereAllHaveLeft() throws IOException {
        connection.before("basicConsume " + QUEUE, () -> connection.others(QUEUE, 2));
        connection.before("basicCancel consumer-001", () -> {
            connection.others(QUEUE, 0);
            connection.before("basicConsume " + QUEUE, () -> {});
        });

        assertThat(count.ask(QUEUE, 2)).isInstanceOf(Permits.Answer.Granted.class);
        assertThat(connection.count("basicConsume", QUEUE)).isEqualTo(2);
    }

    @Test
    void isChangedByWhoeverAsksWithAnotherLimit() throws IOException {
        granted();
        granted();

        assertThat(count.ask(QUEUE, 1)).isInstanceOf(Permits.Answer.Full.class);
        assertThat(count.ask(QUEUE, 3)).isInstanceOf(Permits.Answer.Granted.class);
    }

    @Test
    void doesNotAnswerWhereTheBrokerDoesNotCount() {
        connection.refuse("queueDeclare", QUEUE, Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));

        assertThatThrownBy(() -> count.ask(QUEUE, 2)).isInstanceOf(IOException.class);
        assertThat(connection.consumers(QUEUE)).isZero();
    }

    private Permits.Permit granted() throws IOException {
        return count.ask(QUEUE, 2) instanceof Permits.Answer.Granted(var permit) ? permit : failed();
    }

    private static Permits.Permit failed() {
        throw new AssertionError("not granted");
    }
}
