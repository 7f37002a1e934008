package dev.jtask.broker;

import com.rabbitmq.client.impl.Frame;
import java.io.DataInputStream;
import java.io.InputStream;
import java.util.Objects;

/// A header frame for the one thread that reads: the AMQP client goes through the headers byte by byte, and the
/// stream that its own frames read from takes a lock for each.
final class HeaderFrame extends Frame {

    /// @param payload not copied
    HeaderFrame(int type, int channel, byte[] payload) {
        super(type, channel, payload);
    }

    @Override
    public DataInputStream getInputStream() {
        return new DataInputStream(new Bytes(getPayload()));
    }

    private static final class Bytes extends InputStream {

        private final byte[] bytes;
        private int next;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return next < bytes.length ? bytes[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            Objects.checkFromIndexSize(from, most, into.length);
            if (most > 0 && next == bytes.length) {
                return -1;
            }
            int length = Math.min(most, bytes.length - next);
            System.arraycopy(bytes, next, into, from, length);
            next += length;
            return length;
        }

        @Override
        public long skip(long most) {
            int length = (int) Math.max(0, Math.min(most, available()));
            next += length;
            return length;
        }

        @Override
        public int available() {
            return bytes.length - next;
        }
    }
}
