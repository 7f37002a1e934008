package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import org.junit.jupiter.api.Test;

/// With the newest client; the older ones are those of `spring` and `examples/spring-boot`.
class FramePartsTest {

    @Test
    void saysWhatTheFrameWasMadeOf() {
        var frame = new Frame(AMQP.FRAME_HEADER, 7, new byte[] {1});

        assertThat(FrameParts.type(frame)).isEqualTo(AMQP.FRAME_HEADER);
        assertThat(FrameParts.channel(frame)).isEqualTo(7);
    }
}
