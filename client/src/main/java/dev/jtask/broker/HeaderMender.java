package dev.jtask.broker;

import dev.jtask.protocol.message.JtaskHeaders;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Mends header frames that the AMQP client cannot read, for it ends the connection over one: the message comes again,
/// and so nobody ever gets past it. Pure.
///
/// Python's client writes each integer above 31 bits as a field of type `L`, which RabbitMQ before 4 passes on; it
/// means what `l` does. A table that is nested too deeply is replaced by a header that says so.
final class HeaderMender {

    /// The client reads 32 levels, the header table among them.
    private static final int DEEPEST = 31;

    private static final int CONTENT_TYPE = 1 << 15;
    private static final int CONTENT_ENCODING = 1 << 14;
    private static final int HEADERS = 1 << 13;
    private static final int MORE_FLAGS = 1;
    private static final int BODY_SIZE = 4;
    private static final int BEFORE_FLAGS = 12;
    private static final int BASIC = 60;

    private final ByteBuffer in;
    private boolean tooDeep;

    private HeaderMender(byte[] payload) {
        this.in = ByteBuffer.wrap(payload);
    }

    /// @param payload of a header frame; changed where that suffices
    /// @return the same array, or another one
    static byte[] mend(byte[] payload) {
        if (!mayNeedIt(payload)) {
            return payload;
        }
        try {
            return new HeaderMender(payload).mended();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return payload; // not what it says it is: the client may say what it thinks of it
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
            return new HeaderMender(payload).emptied(name, value);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return payload;
        }
    }

    /// Almost no frame does, and each message has one.
    private static boolean mayNeedIt(byte[] payload) {
        int nests = 0;
        for (byte each : payload) {
            if (each == 'L' || ((each == 'F' || each == 'A') && ++nests >= DEEPEST)) {
                return true;
            }
        }
        return false;
    }

    private byte[] mended() {
        int frameClass = in.getShort();
        int flags = flags();
        if (frameClass != BASIC || (flags & HEADERS) == 0) {
            return in.array();
        }
        skipTo(flags);
        int start = in.position();
        table(0);
        return tooDeep
                ? replaced(
                        start,
                        in.position(),
                        JtaskHeaders.UNREADABLE,
                        "the headers are nested deeper than %d levels".formatted(DEEPEST))
                : in.array();
    }

    private byte[] emptied(String name, String value) {
        if (in.getShort() != BASIC) {
            return in.array();
        }
        int flags = flags();
        skipTo(flags);
        int start = in.position();
        if ((flags & HEADERS) != 0) {
            table(0);
        }
        var out = ByteBuffer.wrap(replaced(start, in.position(), name, value));
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

    private void table(int depth) {
        int end = end();
        while (in.position() < end) {
            skip(in.get() & 0xff);
            value(depth);
        }
    }

    private void array(int depth) {
        int end = end();
        while (in.position() < end) {
            value(depth);
        }
    }

    private int end() {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a table is longer than its frame");
        }
        return in.position() + length;
    }

    private void value(int depth) {
        byte type = in.get();
        switch (type) {
            case 'L' -> {
                in.put(in.position() - 1, (byte) 'l');
                skip(Long.BYTES);
            }
            case 'l', 'T', 'd' -> skip(Long.BYTES);
            case 'I', 'i', 'f' -> skip(Integer.BYTES);
            case 's', 'u' -> skip(Short.BYTES);
            case 't', 'b', 'B' -> skip(1);
            case 'D' -> skip(1 + Integer.BYTES);
            case 'V' -> {}
            case 'S', 'x' -> skip(in.getInt());
            case 'F', 'A' -> nested(type, depth + 1);
            default -> throw new IllegalArgumentException("no field type: " + type);
        }
    }

    private void nested(byte type, int depth) {
        if (depth >= DEEPEST) {
            tooDeep = true;
            skip(in.getInt());
        } else if (type == 'F') {
            table(depth);
        } else {
            array(depth);
        }
    }

    private void skip(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a negative length");
        }
        in.position(in.position() + length);
    }

    /// The frame with another header table in place of the one that begins and ends here.
    private byte[] replaced(int start, int end, String header, String value) {
        var name = header.getBytes(StandardCharsets.US_ASCII);
        var why = value.getBytes(StandardCharsets.US_ASCII);
        int length = 1 + name.length + 1 + Integer.BYTES + why.length;
        var out = ByteBuffer.allocate(in.capacity() - (end - start) + Integer.BYTES + length);
        out.put(in.array(), 0, start);
        out.putInt(length).put((byte) name.length).put(name);
        out.put((byte) 'S').putInt(why.length).put(why);
        out.put(in.array(), end, in.capacity() - end);
        return out.array();
    }
}
