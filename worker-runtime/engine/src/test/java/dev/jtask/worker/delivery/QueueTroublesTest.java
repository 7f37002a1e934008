package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueTroublesTest {

    private final QueueTroubles troubles = new QueueTroubles();

    @Test
    void aRefusedQueueIsNamedAndTriedAfterAPause() {
        troubles.refuse("q", new IOException(Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - read")));
        troubles.refuse("q", new IOException(Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - read")));

        assertThat(troubles.trouble()).isEqualTo("queue 'q' is not consumed: ACCESS_REFUSED - read");
        assertThat(troubles.mayTry("q")).isFalse();
        assertThat(troubles.mayTry("other")).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> troubles.mayTry("q"));
        troubles.consumed("q");
        assertThat(troubles.trouble()).isNull();
    }

    @Test
    void oneThatEndsConnectionsIsNamedWithWhatToLookAt() {
        troubles.refuse("q", new IOException(Ends.breakdown()));

        assertThat(troubles.trouble()).contains("majority of its members").contains("INTERNAL_ERROR");
    }

    @Test
    void oneSetApartStaysSoUntilItIsTrusted() {
        troubles.setApart("q");
        troubles.retain(List.of());
        assertThat(troubles.isApart("q")).isTrue();

        troubles.trust("q");
        assertThat(troubles.isApart("q")).isFalse();
    }

    @Test
    void whatNobodyConsumesIsNoTrouble() {
        troubles.refuse("a", new IOException("no"));
        troubles.refuse("b", new IOException("no"));
        troubles.retain(List.of("b"));
        assertThat(troubles.trouble()).contains("'b'");

        troubles.forget("b");
        assertThat(troubles.trouble()).isNull();
    }
}
