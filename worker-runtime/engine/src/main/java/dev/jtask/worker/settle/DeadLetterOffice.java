package dev.jtask.worker.settle;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.protocol.text.Beginning;
import dev.jtask.worker.run.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes dead letters: a message as it came, with headers that say why. Pure.
final class DeadLetterOffice {

    /// AMQP's headers must fit into one frame, and a reason of a few lines is read, one of pages is not.
    private static final int LONGEST_TEXT = 1_000;

    /// The most that a property takes. What is no UTF-8 has become longer when it was read.
    private static final int SHORT_BYTES = 255;

    /// Of Celery's own headers, what a person needs to know the task again.
    private static final List<String> ESSENTIAL = List.of("id", "task", "root_id", "retries", "lang", "compression");

    private DeadLetterOffice() {}

    /// Unchanged but for what the broker and the reason add, and for what is not shown of arguments.
    static WireMessage letter(Delivery delivery, Effect.DeadLetter why) {
        var properties = delivery.message().properties();
        var headers = new LinkedHashMap<>(properties.headers());
        var shown = why.shown();
        if (shown != null) {
            headers.replace("argsrepr", shown.args());
            headers.replace("kwargsrepr", shown.kwargs());
        }
        return write(delivery, headers, why, properties);
    }

    /// For a message whose headers do not go into a letter: the body, and what says whose it is.
    static WireMessage minimal(Delivery delivery, Effect.DeadLetter why) {
        var properties = delivery.message().properties();
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        ESSENTIAL.forEach(name -> {
            var value = properties.headers().get(name);
            if (value != null) {
                headers.put(name, value instanceof String text ? cut(text) : value instanceof Number ? value : null);
            }
        });
        return write(
                delivery,
                headers,
                why,
                new WireProperties(
                        fits(properties.contentType()),
                        fits(properties.contentEncoding()),
                        fits(properties.correlationId()),
                        fits(properties.replyTo()),
                        WireProperties.PERSISTENT,
                        properties.priority(),
                        null,
                        Map.of()));
    }

    private static WireMessage write(
            Delivery delivery,
            Map<String, @Nullable Object> headers,
            Effect.DeadLetter why,
            WireProperties properties) {
        // RabbitMQ before 4.0.1 takes a republished x-death for a cycle
        headers.remove("x-death");
        headers.put(JtaskHeaders.REASON, cut(why.reason()));
        headers.put(JtaskHeaders.QUEUE, cut(delivery.queue()));
        headers.put(JtaskHeaders.ATTEMPT, why.attempts());
        if (why.exception() != null) {
            headers.put(JtaskHeaders.EXCEPTION, cut(why.exception()));
        }
        return new WireMessage(
                properties
                        .withHeaders(headers)
                        .withExpiration(null)
                        .withOthers(properties.others().withoutUser()),
                delivery.message().body());
    }

    private static String cut(String text) {
        return Beginning.of(text, LONGEST_TEXT);
    }

    private static @Nullable String fits(@Nullable String shortText) {
        return shortText == null || shortText.getBytes(StandardCharsets.UTF_8).length > SHORT_BYTES ? null : shortText;
    }
}
