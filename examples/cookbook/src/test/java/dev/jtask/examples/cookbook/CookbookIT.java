package dev.jtask.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import org.junit.jupiter.api.Test;

@RabbitMqTest
class CookbookIT {

    private final String broker;

    CookbookIT(RabbitMqNode node) {
        this.broker = node.amqpUri();
    }

    @Test
    void aBankThatDoesNotAnswerIsAskedAgain() {
        assertThat(Retries.run(broker)).isEqualTo("A-17 is paid at attempt 3");
    }

    @Test
    void stepsTakeWhatStepsBeforeThemReturned() {
        assertThat(WorkFlow.run(broker)).isEqualTo("[30, 50, 60]; the first with tax: 35.70 EUR");
    }

    @Test
    void aReportTellsHowFarItIs() {
        assertThat(ProgressBar.run(broker)).isEqualTo("40 pages");
    }

    @Test
    void anAnswerIsReadWhileItIsWritten() {
        assertThat(PieceByPiece.run(broker)).isEqualTo("Because it rains. (3 words at attempt 2)");
    }

    @Test
    void anOrderWaitsForItsApproval() {
        assertThat(Approvals.run(broker))
                .isEqualTo("A-17 was declined by Bob, B-4 was forgotten, C-9 was approved by Ada");
    }

    @Test
    void whatTakesTooLongIsInterrupted() {
        assertThat(TimeLimits.run(broker)).isEqualTo("FAILURE SoftTimeLimitExceeded");
    }

    @Test
    void aScheduleSends() throws InterruptedException {
        assertThat(Nightly.run(broker)).isEqualTo("cleared: prices");
    }

    @Test
    void whatFailedIsMendedAndSentBack() throws InterruptedException {
        assertThat(FailedOrders.run(broker)).isEqualTo("1 sent back; shipped: B-4 to NL");
    }
}
