package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The same on a real RabbitMQ.
@OnRabbitMq
class ShopIT extends ShopTest {

    @Test
    void aLongTimeIsNotWaitedFor(JTask jtask) {
        assertThatThrownBy(() -> jtask.advance(Duration.ofMinutes(3)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("PT30S at most")
                .hasMessageContaining("without @OnRabbitMq");
    }
}
