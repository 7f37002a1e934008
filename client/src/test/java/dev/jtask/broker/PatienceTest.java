package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.task.request.PublishRetry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Duration TOTAL = Duration.ofSeconds(7);

    @Test
    void whatMustNotGetLostIsTriedForEver() {
        assertThat(Patience.ENDLESS.losses()).isEqualTo(Patience.FOREVER);
        assertThat(Patience.ENDLESS.nacks()).isEqualTo(Patience.FOREVER);
        assertThat(Patience.ENDLESS.total()).isZero();
    }

    @Test
    void aResultSurvivesLostConnectionsAndNotAQueueThatStaysFull() {
        assertThat(Patience.RESULT.losses()).isEqualTo(Patience.FOREVER);
        assertThat(Patience.RESULT.nacks()).isBetween(1, 10);
    }

    @Test
    void aClientsRetriesAreForLostConnectionsOnly() {
        var patience = Patience.of(PublishRetry.DEFAULT, TOTAL);

        assertThat(patience.losses()).isEqualTo(PublishRetry.DEFAULT.maxRetries());
        assertThat(patience.nacks()).isZero();
        assertThat(patience.total()).isEqualTo(TOTAL);
    }

    @Test
    void noRetriesMeanASingleTry() {
        assertThat(Patience.of(PublishRetry.NONE, TOTAL).losses()).isZero();
        assertThat(Patience.none(TOTAL).losses()).isZero();
        assertThat(Patience.none(TOTAL).total()).isEqualTo(TOTAL);
    }
}
