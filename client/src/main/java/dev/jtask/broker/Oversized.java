package dev.jtask.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.jtask.protocol.message.JtaskHeaders;
import java.util.OptionalLong;
import java.util.UUID;

/// Messages whose bodies this process has no memory for. The AMQP client holds a body twice before anybody hears of it,
/// so that one of half the heap ends the process, and so the next, for ever: such a body is dropped while it arrives,
/// and a header of the message says how large it was; see [OversizedException].
final class Oversized {

    /// Bytes of a body that is read at most: a quarter of the heap.
    static final long MOST = Runtime.getRuntime().maxMemory() / 4;

    /// What no sender can know.
    private static final String MARK = UUID.randomUUID() + " ";

    private Oversized() {}

    static String mark(long bytes) {
        return MARK + bytes;
    }

    /// How many bytes its body has, when it was not read; empty for a message that is whole.
    static OptionalLong bytes(BasicProperties properties) {
        var headers = properties.getHeaders();
        var marked = headers == null ? null : headers.get(JtaskHeaders.OVERSIZED);
        var text = marked == null ? "" : marked.toString();
        return text.startsWith(MARK)
                ? OptionalLong.of(Long.parseLong(text.substring(MARK.length())))
                : OptionalLong.empty();
    }
}
