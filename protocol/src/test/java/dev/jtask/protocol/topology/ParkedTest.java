package dev.jtask.protocol.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ParkedTest {

    private static final String TOKEN = UUID.randomUUID().toString();

    @Test
    void aNameSaysWhoseMessageItHolds() {
        var name = Parked.queueFor("eu.orders", TOKEN);

        assertThat(Parked.queueOf(name)).isEqualTo("eu.orders");
        assertThat(Parked.queueOf("eu.orders")).isEqualTo("eu.orders");
        assertThat(Parked.queueOf("eu.orders.parked.lot")).isEqualTo("eu.orders.parked.lot");
    }

    @Test
    void aNameThatAmqpDoesNotAllowIsRefused() {
        var longest = "q".repeat(255 - TOKEN.length() - ".parked.".length());

        assertThat(Parked.mayExist(longest)).isTrue();
        assertThat(Parked.queueFor(longest, TOKEN)).hasSize(255);
        assertThat(Parked.mayExist(longest + "q")).isFalse();
        assertThatThrownBy(() -> Parked.queueFor(longest + "q", TOKEN)).hasMessageContaining("for long tasks");
    }

    @Test
    void theQueueOutlivesItsMessage() {
        var arguments = Parked.arguments("q", Duration.ofMinutes(10));

        assertThat(arguments)
                .containsEntry("x-message-ttl", 600_000L)
                .containsEntry("x-expires", 600_000L + 30 * 24 * 3_600_000L)
                .containsEntry("x-dead-letter-routing-key", "q")
                .containsEntry("x-dead-letter-exchange", "");
    }
}
