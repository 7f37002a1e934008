package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the broker says when it closes a channel over a delivery that was not acknowledged in time: the only
/// place where a worker can read the time that the broker allows. Pure.
final class AckTimeout {

    private static final Pattern WORDS = Pattern.compile(
            "delivery acknowledgement on channel \\d+ timed out.*?used: (-?\\d{1,15}) ms", Pattern.DOTALL);

    private AckTimeout() {}

    /// The time that was allowed, or zero where the broker does not say it; empty when the channel was closed
    /// for another reason.
    static Optional<Duration> in(ShutdownSignalException cause) {
        if (cause.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.PRECONDITION_FAILED
                && close.getReplyText() != null) {
            var words = WORDS.matcher(close.getReplyText());
            if (words.find()) {
                // RabbitMQ 4.3 says -1 of a message that was fetched
                return Optional.of(Duration.ofMillis(Math.max(0, Long.parseLong(words.group(1)))));
            }
        }
        return Optional.empty();
    }
}
