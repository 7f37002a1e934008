package dev.jtask.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.jtask.protocol.message.JtaskHeaders;
import java.util.Map;

/// Messages as they arrive where there is no memory for them, for tests of those who read.
public final class OversizedMessages {

    private OversizedMessages() {}

    /// What is left of one that had so many bytes.
    public static BasicProperties properties(String correlationId, long bytes) {
        return new BasicProperties.Builder()
                .correlationId(correlationId)
                .headers(Map.of(JtaskHeaders.OVERSIZED, Oversized.mark(bytes)))
                .build();
    }
}
