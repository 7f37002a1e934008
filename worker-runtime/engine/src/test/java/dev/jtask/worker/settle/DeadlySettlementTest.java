package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.BrokerFailures;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlySettlementTest {

    private static final Malformed NO_TASK = new Malformed("nested too deeply", null, null, null, null);

    private final Scene scene = new Scene();

    @Test
    void isNeverGivenBackForItsLetter() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));
        end(12);
        assertThat(scene.lines()).containsExactly("send q.dead");
        assertThat(scene.settler.unsettled().count()).isEqualTo(1);

        scene.sender.answer(parcel -> RecordingSender.confirmed());
        scene.timer.pass(Duration.ofMinutes(2));
        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Ack());
    }

    @Test
    void oneThatHasEndedNoWorkerIsLeft() {
        scene.sender.answer(parcel -> RecordingSender.failed(BrokerFailures.full("q.dead")));
        end(0);

        assertThat(scene.receipt.settled()).singleElement().isInstanceOf(Disposition.Leave.class);
    }

    private void end(int deliveries) {
        scene.settler.malformed(Given.delivery(Given.wire(Given.message("a")), scene.receipt), NO_TASK, deliveries);
    }
}
