package dev.jtask.broker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.AMQImpl;
import dev.jtask.protocol.message.JtaskHeaders;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeaderReaderTest {

    @Test
    void readsWhatTheClientReads() throws IOException {
        var headers = new LinkedHashMap<String, Object>();
        headers.put("text", "grüße");
        headers.put("", "no name");
        headers.put("n".repeat(255), "a long name");
        headers.put("größe", 1);
        headers.put("none", null);
        headers.put("whole", List.of(1, -1, 1L << 40, (short) -2, (byte) -3));
        headers.put("broken", List.of(1.5, 2.5f, new BigDecimal("-12.34")));
        headers.put("flags", List.of(true, false));
        headers.put("date", Date.from(Instant.ofEpochSecond(1_732_543_200)));
        headers.put("bytes", new byte[] {1, 2, 3});
        headers.put("table", Map.of("in", Map.of("list", List.of(Map.of("a", 1), List.of()))));
        headers.put("empty", Map.of());

        assertThat(read(headers)).usingRecursiveComparison().isEqualTo(HeaderReader.plain(client(payload(headers))));
        assertThat(read(headers)).containsOnlyKeys(headers.keySet()).containsEntry("text", "grüße");
    }

    @Test
    void readsTheTypesThatOnlyOtherClientsWrite() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        field(out, "octet", 'B').writeByte(200);
        field(out, "short", 'u').writeShort(60_000);
        field(out, "int", 'i').writeInt(-1);
        field(out, "python", 'L').writeLong(1_732_543_200_000L);

        assertThat(HeaderReader.read(bytes.toByteArray()))
                .isEqualTo(Map.of("octet", 200, "short", 60_000, "int", 4_294_967_295L, "python", 1_732_543_200_000L));
    }

    /// As text each of these bytes would be three when it is written again: no copy of the message would fit.
    @Test
    void textThatIsNoUtf8StaysAsItCame() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        byte[] latin = "grüße".getBytes(StandardCharsets.ISO_8859_1);
        field(out, "latin", 'S').writeInt(latin.length);
        out.write(latin);
        byte[] replaced = "\uFFFD".getBytes(StandardCharsets.UTF_8);
        field(out, "replaced", 'S').writeInt(replaced.length);
        out.write(replaced);

        var read = HeaderReader.read(bytes.toByteArray());
        assertThat(read).containsEntry("replaced", "\uFFFD");
        assertThat(read.get("latin")).isEqualTo(latin);
    }

    @Test
    void theFirstOfANameCounts() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        field(out, "id", 'I').writeInt(1);
        field(out, "id", 'I').writeInt(2);

        assertThat(HeaderReader.read(bytes.toByteArray())).isEqualTo(Map.of("id", 1));
    }

    @Test
    void saysSoOfHeadersThatAreNestedTooDeeply() throws IOException {
        for (int depth : new int[] {32, 40, 500}) {
            assertThat(read(nested(depth))).containsOnlyKeys(JtaskHeaders.UNREADABLE);
        }
        for (int depth = 1; depth < 31; depth++) {
            assertThat(read(nested(depth))).containsOnlyKeys("n");
        }
    }

    @Test
    void saysSoOfHeadersThatAreBroken() {
        for (var broken : List.of(
                new byte[] {9, 'a'},
                new byte[] {1, 'a'},
                new byte[] {1, 'a', 'I', 0},
                new byte[] {1, 'a', 'S', 0, 0, 0, 2, 'b'},
                new byte[] {1, 'a', 'x', -1, -1, -1, -1},
                new byte[] {1, 'a', 'F', 0, 0, 0, 1})) {
            assertThat(HeaderReader.read(broken))
                    .isEqualTo(Map.of(JtaskHeaders.UNREADABLE, "the headers are longer than they say"));
        }
        assertThat(HeaderReader.read(new byte[] {1, 'a', '?'}))
                .isEqualTo(Map.of(JtaskHeaders.UNREADABLE, "no field type: 63"));
    }

    @Test
    void throwsForNoBytesAtAll() throws IOException {
        var random = new Random(42);
        var good = table(
                Map.of("L", List.of(Map.of("a", 1, "b", 2.5, "c", true)), "text", "LLLL", "bytes", new byte[] {1, 2}));
        for (int i = 0; i < 100_000; i++) {
            var bad = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(HeaderReader.read(bad)).isNotNull();
        }
    }

    private static DataOutputStream field(DataOutputStream out, String name, char type) throws IOException {
        out.writeByte(name.length());
        out.writeBytes(name);
        out.writeByte(type);
        return out;
    }

    private static Map<String, Object> nested(int depth) {
        Object value = "end";
        for (int i = 0; i < depth; i++) {
            value = i % 2 == 0 ? Map.of("n", value) : new ArrayList<>(List.of(value));
        }
        return Map.of("n", value);
    }

    private static Map<String, @Nullable Object> read(Map<String, Object> headers) throws IOException {
        return HeaderReader.read(table(headers));
    }

    /// As it stands in the only field of what is packed.
    private static byte[] table(Map<String, Object> headers) throws IOException {
        return requireNonNull(
                (byte[]) client(HeaderPacker.pack(payload(headers))).get(PackedHeaders.NAME));
    }

    private static byte[] payload(Map<String, Object> headers) throws IOException {
        return new BasicProperties.Builder()
                .headers(headers)
                .build()
                .toFrame(1, 10)
                .getPayload();
    }

    private static Map<String, Object> client(byte[] payload) throws IOException {
        var in = new HeaderFrame(2, 1, payload).getInputStream();
        return ((BasicProperties) AMQImpl.readContentHeaderFrom(in)).getHeaders();
    }
}
