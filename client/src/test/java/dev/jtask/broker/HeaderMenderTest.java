package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.ValueReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderMenderTest {

    @Test
    void readsIntegersAsPythonWritesThem() throws IOException {
        var payload = payload(Map.of("sent_at_ms", 1732543200000L, "Lang", "Lisp", "list", List.of(1L << 40, "L")));
        var python = replaced(payload, 'l', 'L');

        assertThat(headers(HeaderMender.mend(python)))
                .hasEntrySatisfying("sent_at_ms", value -> assertThat(value).isEqualTo(1732543200000L))
                .hasEntrySatisfying("Lang", value -> assertThat(value).hasToString("Lisp"))
                .hasEntrySatisfying(
                        "list", value -> assertThat(value).asString().contains("1099511627776"));
    }

    @Test
    void replacesHeadersThatAreNestedTooDeeply() throws IOException {
        for (int depth : new int[] {32, 40, 500}) {
            assertThat(headers(HeaderMender.mend(payload(nested(depth))))).containsOnlyKeys("x-jtask-unreadable");
        }
    }

    @Test
    void leavesWhatTheClientCanRead() throws IOException {
        for (int depth = 1; depth < 31; depth++) {
            var payload = payload(nested(depth));
            assertThat(HeaderMender.mend(payload)).isSameAs(payload);
            assertThat(headers(payload)).containsOnlyKeys("n");
        }
    }

    @Test
    void throwsForNoBytesAtAll() throws IOException {
        var random = new Random(42);
        var good = payload(Map.of("L", List.of(Map.of("a", 1, "b", 2.5, "c", true)), "text", "LLLL"));
        for (int i = 0; i < 100_000; i++) {
            var bad = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(HeaderMender.mend(bad)).isNotNull();
        }
    }

    private static Map<String, Object> nested(int depth) {
        Object value = "end";
        for (int i = 0; i < depth; i++) {
            value = i % 2 == 0 ? Map.of("n", value) : new ArrayList<>(List.of(value));
        }
        return Map.of("n", value);
    }

    /// A header frame's payload as the broker writes it.
    private static byte[] payload(Map<String, Object> headers) throws IOException {
        var properties = new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .headers(headers)
                .replyTo("reply")
                .build();
        Frame frame = properties.toFrame(1, 10);
        return frame.getPayload();
    }

    private static Map<String, Object> headers(byte[] payload) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(payload));
        assertThat(in.skip(14)).isEqualTo(14);
        var reader = new ValueReader(in);
        assertThat(reader.readShortstr()).isEqualTo("application/json");
        assertThat(reader.readShortstr()).isEqualTo("utf-8");
        var headers = reader.readTable();
        assertThat(reader.readShortstr()).isEqualTo("reply");
        return headers;
    }

    /// Changes the type of each 64 bit integer.
    private static byte[] replaced(byte[] payload, char from, char to) throws IOException {
        var marker = new ByteArrayOutputStream();
        var out = new DataOutputStream(marker);
        for (int i = 0; i < payload.length; i++) {
            boolean number =
                    payload[i] == from && i + 8 < payload.length && payload[i + 1] == 0 && (payload[i + 2] & 0xff) <= 1;
            out.writeByte(number ? to : payload[i]);
        }
        return marker.toByteArray();
    }
}
