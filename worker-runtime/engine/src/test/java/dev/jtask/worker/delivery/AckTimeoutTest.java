package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AckTimeoutTest {

    @Test
    void theBrokerSaysWhatItAllows() {
        assertThat(AckTimeout.in(Ends.timedOut(1_800_000))).contains(Duration.ofMinutes(30));
    }

    @Test
    void aBrokerThatDoesNotSayItIsUnderstoodAllTheSame() {
        assertThat(AckTimeout.in(Ends.timedOut(-1)))
                .as("RabbitMQ 4.3.6, of a message that was fetched")
                .contains(Duration.ZERO);
    }

    @Test
    void otherEndsSayNothingOfIt() {
        assertThat(AckTimeout.in(Ends.network())).isEmpty();
        assertThat(AckTimeout.in(Ends.own())).isEmpty();
        assertThat(AckTimeout.in(Ends.refused(AMQP.PRECONDITION_FAILED, "unknown delivery tag 5")))
                .isEmpty();
        assertThat(AckTimeout.in(Ends.refused(AMQP.NOT_FOUND, "delivery acknowledgement on channel 1 timed out 5 ms")))
                .isEmpty();
    }
}
