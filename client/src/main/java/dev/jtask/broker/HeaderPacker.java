package dev.jtask.broker;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Changes header frames before the AMQP client reads them. Pure.
final class HeaderPacker {

    private static final int CONTENT_TYPE = 1 << 15;
    private static final int CONTENT_ENCODING = 1 << 14;
    private static final int HEADERS = 1 << 13;
    private static final int MORE_FLAGS = 1;
    private static final int BODY_SIZE = 4;
    private static final int BEFORE_FLAGS = 12;
    private static final int BASIC = 60;
    private static final byte[] PACKED = ascii(PackedHeaders.NAME);

    private final ByteBuffer in;

    private HeaderPacker(byte[] payload) {
        this.in = ByteBuffer.wrap(payload);
    }

    /// The same with its headers as one that has their bytes; see [PackedHeaders].
    ///
    /// @param payload of a header frame
    /// @return the same array for what has no headers, and for what is no message, of which the client may say so
    static byte[] pack(byte[] payload) {
        try {
            return new HeaderPacker(payload).packed();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return payload;
        }
    }

    /// How many bytes follow in body frames.
    static long bodySize(byte[] payload) {
        return payload.length < BEFORE_FLAGS ? 0 : ByteBuffer.wrap(payload).getLong(BODY_SIZE);
    }

    /// The same without a body, and with this header in place of all others.
    ///
    /// @return the same array for what is no message
    static byte[] withoutBody(byte[] payload, String name, String value) {
        try {
            return new HeaderPacker(payload).emptied(name, value);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return payload;
        }
    }

    private byte[] packed() {
        int frameClass = in.getShort();
        int flags = flags();
        if (frameClass != BASIC || (flags & HEADERS) == 0) {
            return in.array();
        }
        skipTo(flags);
        int start = in.position();
        int length = in.getInt();
        skip(length);
        return length == 0
                ? in.array()
                : replaced(start, in.position(), PACKED, 'x', in.array(), start + Integer.BYTES, length);
    }

    private byte[] emptied(String name, String value) {
        if (in.getShort() != BASIC) {
            return in.array();
        }
        int flags = flags();
        skipTo(flags);
        int start = in.position();
        if ((flags & HEADERS) != 0) {
            skip(in.getInt());
        }
        var text = ascii(value);
        var out = ByteBuffer.wrap(replaced(start, in.position(), ascii(name), 'S', text, 0, text.length));
        out.putLong(BODY_SIZE, 0);
        out.putShort(BEFORE_FLAGS, (short) (flags | HEADERS));
        return out.array();
    }

    private int flags() {
        in.position(BEFORE_FLAGS);
        int flags = in.getShort();
        for (int more = flags; (more & MORE_FLAGS) != 0; ) {
            more = in.getShort();
        }
        return flags;
    }

    /// To where the header table begins, or would.
    private void skipTo(int flags) {
        if ((flags & CONTENT_TYPE) != 0) {
            skip(in.get() & 0xff);
        }
        if ((flags & CONTENT_ENCODING) != 0) {
            skip(in.get() & 0xff);
        }
    }

    private void skip(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a negative length");
        }
        in.position(in.position() + length);
    }

    /// The frame with one header in place of the table that begins and ends here.
    private byte[] replaced(int start, int end, byte[] name, char type, byte[] value, int from, int size) {
        int length = 1 + name.length + 1 + Integer.BYTES + size;
        var out = ByteBuffer.allocate(in.capacity() - (end - start) + Integer.BYTES + length);
        out.put(in.array(), 0, start);
        out.putInt(length).put((byte) name.length).put(name);
        out.put((byte) type).putInt(size).put(value, from, size);
        out.put(in.array(), end, in.capacity() - end);
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
