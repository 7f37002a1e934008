package dev.jtask.worker.delivery;

import static dev.jtask.worker.delivery.AckLedger.Coverage.MULTIPLE;
import static dev.jtask.worker.delivery.AckLedger.Coverage.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.worker.delivery.AckLedger.Ack;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AckLedgerTest {

    private final AckLedger ledger = new AckLedger();

    @BeforeEach
    void fiveAreDelivered() {
        for (long tag = 1; tag <= 5; tag++) {
            ledger.delivered(tag, tag <= 3 ? 1 : 2);
        }
    }

    @Test
    void acknowledgesTheFinishedRunAtTheFrontAtOnce() {
        assertThat(ledger.settle(List.of(3L, 1L, 2L))).containsExactly(new Ack(3, MULTIPLE));
        assertThat(ledger.open()).isEqualTo(2);
    }

    @Test
    void aLongTaskInFrontHoldsNothingBack() {
        assertThat(ledger.settle(List.of(2L, 3L, 5L)))
                .containsExactly(new Ack(2, SINGLE), new Ack(3, SINGLE), new Ack(5, SINGLE));
        assertThat(ledger.settle(List.of(1L))).containsExactly(new Ack(1, SINGLE));
        assertThat(ledger.settle(List.of(4L))).containsExactly(new Ack(4, SINGLE));
        assertThat(ledger.open()).isZero();
    }

    @Test
    void aMultipleAckNeverCoversAnOpenDelivery() {
        assertThat(ledger.settle(List.of(1L, 2L, 4L))).containsExactly(new Ack(2, MULTIPLE), new Ack(4, SINGLE));
    }

    @Test
    void aDeliveryThatWasRejectedIsNotWaitedFor() {
        assertThat(ledger.remove(1)).isTrue();
        assertThat(ledger.remove(1)).as("once is enough").isFalse();
        assertThat(ledger.settle(List.of(2L, 3L))).containsExactly(new Ack(3, MULTIPLE));
    }

    @Test
    void ignoresWhatIsNotOpen() {
        assertThat(ledger.settle(List.of(9L))).isEmpty();
        assertThat(ledger.settle(List.of(1L))).hasSize(1);
        assertThat(ledger.settle(List.of(1L))).isEmpty();
    }

    @Test
    void refusesATagThatDoesNotCountUp() {
        assertThatThrownBy(() -> ledger.delivered(5, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.delivered(3, 2)).hasMessage("delivery 3 comes after 5");
        assertThat(ledger.open()).isEqualTo(5);
    }

    @Test
    void countsWhatEndedSubscriptionsLeft() {
        assertThat(ledger.openBefore(2)).isEqualTo(3);
        ledger.settle(List.of(1L));
        assertThat(ledger.openBefore(2)).isEqualTo(2);
        assertThat(ledger.openBefore(3)).isEqualTo(4);
    }
}
