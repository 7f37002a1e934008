package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.Given;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BrokerLotTest {

    private static final Lot.Place PLACE = new Lot.Place("q.parked.1", "q.suspects", Duration.ofMinutes(1));
    private static final WireMessage MESSAGE = Given.wire(Given.message("a"));

    private final AtomicInteger opened = new AtomicInteger();
    private FakeConnection connection = new FakeConnection();
    private final BrokerLot lot = new BrokerLot(() -> {
        opened.incrementAndGet();
        return connection.connection();
    });

    @Test
    void aMessageIsConfirmedInAnEmptyPlaceWhoseWayBackExists() throws IOException {
        lot.put(PLACE, MESSAGE);

        assertThat(connection.calls)
                .containsSubsequence(
                        "queueDeclarePassive q.suspects",
                        "queueDeclare q.parked.1",
                        "queuePurge q.parked.1",
                        "confirmSelect",
                        "basicPublish ",
                        "waitForConfirmsOrDie 10000");
    }

    @Test
    void aRenewalPutsTheNewOneInBeforeItTakesTheOldOneOut() throws IOException {
        connection.add(PLACE.queue(), MESSAGE, false);
        assertThat(lot.renew(PLACE, MESSAGE)).isTrue();

        assertThat(connection.calls)
                .containsSubsequence("basicGet q.parked.1", "waitForConfirmsOrDie 10000", "basicAck 1");
    }

    @Test
    void whatIsNotThereIsNotRenewed() throws IOException {
        assertThat(lot.renew(PLACE, MESSAGE)).isFalse();
        assertThat(connection.count("basicPublish", "")).isZero();
    }

    @Test
    void aRefusalIsAnIoException() {
        connection.refuse("queueDeclare", PLACE.queue(), Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));

        assertThatThrownBy(() -> lot.put(PLACE, MESSAGE)).isInstanceOf(IOException.class);
    }

    @Test
    void aConnectionThatIsLostIsOpenedAnew() throws IOException {
        lot.remove(PLACE);
        connection.close(Ends.network());
        connection = new FakeConnection();
        lot.remove(PLACE);

        assertThat(opened).hasValue(2);
        assertThat(connection.count("queueDelete", PLACE.queue())).isEqualTo(1);
        lot.close();
        assertThat(connection.connection().isOpen()).isFalse();
    }
}
