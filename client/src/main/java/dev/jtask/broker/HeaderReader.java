package dev.jtask.broker;

import com.rabbitmq.client.LongString;
import dev.jtask.protocol.message.JtaskHeaders;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads header tables as the AMQP client does, with text as [String] where it is UTF-8, and what it ends the
/// connection for: the message would come again, and so nobody ever get past it.
///
/// Python's client writes each integer above 31 bits as a field of type `L`, which RabbitMQ before 4 passes on; it
/// means what `l` does. A table that cannot be read is replaced by a header that says so.
final class HeaderReader {

    /// The header table among them.
    private static final int DEEPEST = 31;

    private static final int ROOM = 48;

    /// What Java reads for bytes that are no text.
    private static final char REPLACEMENT = '\uFFFD';

    private static final long UNSIGNED = 0xffff_ffffL;

    private final ByteBuffer in;

    private HeaderReader(byte[] table) {
        this.in = ByteBuffer.wrap(table);
    }

    /// @param table as on the wire, without its length
    static Map<String, @Nullable Object> read(byte[] table) {
        try {
            var headers = new LinkedHashMap<String, @Nullable Object>(ROOM);
            new HeaderReader(table).table(headers, table.length, 0);
            return headers;
        } catch (BufferUnderflowException e) {
            return unreadable("the headers are longer than they say");
        } catch (IllegalArgumentException e) {
            return unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, @Nullable Object> unreadable(String why) {
        var headers = new LinkedHashMap<String, @Nullable Object>();
        headers.put(JtaskHeaders.UNREADABLE, why);
        return headers;
    }

    /// The same of a table that the client has read.
    static Map<String, @Nullable Object> plain(Map<?, ?> table) {
        var copy = new LinkedHashMap<String, @Nullable Object>(table.size() * 3 / 2);
        table.forEach((name, value) -> copy.put(String.valueOf(name), plain(value)));
        return copy;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof LongString text) {
            // its own toString looks the charset up by name
            byte[] bytes = text.getBytes();
            return text(bytes, 0, bytes.length);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        return value instanceof Map<?, ?> map ? plain(map) : value;
    }

    private Map<String, @Nullable Object> table(Map<String, @Nullable Object> into, int end, int depth) {
        while (in.position() < end) {
            int length = in.get() & 0xff;
            int from = skipped(length);
            // the first of a name counts, as for the client
            into.putIfAbsent(RepeatedNames.name(in.array(), from, length), value(depth));
        }
        return into;
    }

    private List<@Nullable Object> array(int end, int depth) {
        var list = new ArrayList<@Nullable Object>();
        while (in.position() < end) {
            list.add(value(depth));
        }
        return list;
    }

    private @Nullable Object value(int depth) {
        byte type = in.get();
        return switch (type) {
            case 'S' -> {
                int length = in.getInt();
                int from = skipped(length);
                yield text(in.array(), from, length);
            }
            case 'V' -> null;
            case 'I' -> in.getInt();
            case 't' -> in.get() != 0;
            case 'l', 'L' -> in.getLong();
            case 'F' -> table(new LinkedHashMap<>(), end(depth), depth + 1);
            case 'A' -> array(end(depth), depth + 1);
            case 'b' -> in.get();
            case 'B' -> in.get() & 0xff;
            case 's' -> in.getShort();
            case 'u' -> in.getShort() & 0xffff;
            case 'i' -> in.getInt() & UNSIGNED;
            case 'f' -> in.getFloat();
            case 'd' -> in.getDouble();
            case 'D' -> {
                int scale = in.get() & 0xff;
                yield new BigDecimal(BigInteger.valueOf(in.getInt()), scale);
            }
            case 'T' -> date(in.getLong());
            case 'x' -> {
                int length = in.getInt();
                int from = skipped(length);
                yield Arrays.copyOfRange(in.array(), from, from + length);
            }
            default -> throw new IllegalArgumentException("no field type: " + type);
        };
    }

    /// The bytes themselves where they are no UTF-8: it would change them, and make each three when they are written.
    private static Object text(byte[] all, int from, int length) {
        var text = new String(all, from, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(written, 0, written.length, all, from, from + length)
                ? text
                : Arrays.copyOfRange(all, from, from + length);
    }

    @SuppressWarnings("JavaUtilDate") // as the client reads and writes it, also a time that is no Instant
    private static Date date(long seconds) {
        return new Date(seconds * 1_000);
    }

    /// Where a table or an array in this one ends.
    private int end(int depth) {
        if (depth + 1 >= DEEPEST) {
            throw new IllegalArgumentException("the headers are nested deeper than %d levels".formatted(DEEPEST));
        }
        return within(in.getInt()) + in.position();
    }

    /// @return where it stood before
    private int skipped(int length) {
        int from = in.position();
        in.position(from + within(length));
        return from;
    }

    private int within(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }
}
