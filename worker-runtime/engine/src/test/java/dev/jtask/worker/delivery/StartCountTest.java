package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.jtask.worker.run.Permits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartCountTest {

    private static final String QUEUE = "jtask.limits.t.x.started.10-60000";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeConnection connection = new FakeConnection();
    private final StartCount count = new StartCount(new SpareChannels(connection::connection, Channel::confirmSelect));

    @Test
    void aStartIsAMessageThatTheQueueTakes() throws IOException {
        connection.ready(QUEUE, 9);

        assertThat(count.ask(QUEUE, 10, MINUTE)).isInstanceOf(Permits.Answer.Granted.class);
        assertThat(connection.calls)
                .containsExactly("confirmSelect", "queueDeclare " + QUEUE, "basicPublish ", "waitForConfirms 5000");
    }

    @Test
    void aFullQueueIsNotGivenMore() throws IOException {
        connection.ready(QUEUE, 10);

        assertThat(count.ask(QUEUE, 10, MINUTE)).isInstanceOf(Permits.Answer.Full.class);
        assertThat(connection.count("basicPublish", "")).isZero();
    }

    @Test
    void aQueueThatFilledUpMeanwhileRefuses() throws IOException {
        connection.confirm(false);

        assertThat(count.ask(QUEUE, 10, MINUTE)).isInstanceOf(Permits.Answer.Full.class);
        connection.confirm(true);
        assertThat(count.ask(QUEUE, 10, MINUTE)).isInstanceOf(Permits.Answer.Granted.class);
        assertThat(connection.channels).hasSize(1);
    }

    @Test
    void doesNotAnswerWhereTheBrokerDoesNotCount() {
        connection.refuse("queueDeclare", QUEUE, Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));

        assertThatThrownBy(() -> count.ask(QUEUE, 10, MINUTE)).isInstanceOf(IOException.class);
    }
}
