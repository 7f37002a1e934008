package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.ValueWriter;
import dev.jtask.protocol.message.WireProperties;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The properties of a message that goes out, for the one thread that sends it. The same bytes come of them as of the
/// AMQP client's own, which measures the headers before it writes them and takes a lock for each byte: a third of all
/// that it cost to send a task.
final class SentProperties extends BasicProperties {

    /// Tells the client that there are headers; it would copy them.
    private static final Map<String, Object> THERE = Map.of();

    private final Map<String, @Nullable Object> headers;

    SentProperties(WireProperties properties, @Nullable String messageId) {
        super(
                properties.contentType(),
                properties.contentEncoding(),
                THERE,
                properties.deliveryMode(),
                properties.priority(),
                properties.correlationId(),
                properties.replyTo(),
                properties.expiration(),
                messageId,
                AmqpMessages.date(properties.others().timestamp()),
                properties.others().type(),
                properties.others().userId(),
                properties.others().appId(),
                null);
        this.headers = properties.headers();
    }

    @Override
    @SuppressWarnings("NullAway") // the client writes a null as a field without a value
    public Map<String, Object> getHeaders() {
        return headers;
    }

    @Override
    public Frame toFrame(int channel, long bodySize) throws IOException {
        var bytes = new Bytes();
        var out = new DataOutputStream(bytes);
        out.writeShort(getClassId());
        out.writeShort(0); // a weight, which AMQP has no use for
        out.writeLong(bodySize);
        writePropertiesTo(new Writer(bytes, out));
        return new Header(channel, bytes.all());
    }

    private static final class Header extends Frame {

        private final int channel;

        Header(int channel, byte[] payload) {
            super(AMQP.FRAME_HEADER, channel, payload);
            this.channel = channel;
        }

        /// By itself: later clients write no array that they were given.
        @Override
        public void writeTo(DataOutputStream out) throws IOException {
            out.writeByte(AMQP.FRAME_HEADER);
            out.writeShort(channel);
            out.writeInt(getPayload().length);
            out.write(getPayload());
            out.writeByte(AMQP.FRAME_END);
        }
    }

    private final class Writer extends ContentHeaderPropertyWriter {

        private final Bytes bytes;
        private final ValueWriter out;

        Writer(Bytes bytes, DataOutputStream out) {
            super(out);
            this.bytes = bytes;
            this.out = new ValueWriter(out);
        }

        @Override
        public void writeTable(Map<String, Object> there) throws IOException {
            table(headers);
        }

        private void table(Map<?, ?> table) throws IOException {
            int begin = bytes.length;
            out.writeLong(0);
            for (var entry : table.entrySet()) {
                out.writeShortstr((String) entry.getKey());
                value(entry.getValue());
            }
            bytes.measure(begin);
        }

        private void value(@Nullable Object value) throws IOException {
            if (value instanceof Map<?, ?> table) {
                out.writeOctet('F');
                table(table);
            } else if (value instanceof List<?> list) {
                out.writeOctet('A');
                int begin = bytes.length;
                out.writeLong(0);
                for (var element : list) {
                    value(element);
                }
                bytes.measure(begin);
            } else {
                out.writeFieldValue(value);
            }
        }
    }

    /// What was written, without a lock.
    private static final class Bytes extends OutputStream {

        private static final int USUAL = 1_024;

        private byte[] bytes = new byte[USUAL];
        private int length;

        @Override
        public void write(int octet) {
            makeRoom(1);
            bytes[length++] = (byte) octet;
        }

        @Override
        public void write(byte[] more, int from, int count) {
            makeRoom(count);
            System.arraycopy(more, from, bytes, length, count);
            length += count;
        }

        /// Notes in the four bytes there how many have followed them.
        void measure(int begin) {
            int size = length - begin - Integer.BYTES;
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[begin + i] = (byte) (size >>> (Integer.SIZE - Byte.SIZE * (i + 1)));
            }
        }

        byte[] all() {
            return Arrays.copyOf(bytes, length);
        }

        private void makeRoom(int count) {
            if (count > bytes.length - length) {
                bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), bytes.length * 2));
            }
        }
    }
}
