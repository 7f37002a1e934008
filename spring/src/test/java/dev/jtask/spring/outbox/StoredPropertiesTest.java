package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.Parcel;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("JavaUtilDate") // as the AMQP client has it
class StoredPropertiesTest {

    @Test
    void whatIsReadIsWhatWasWrittenToTheType() {
        var headers = new LinkedHashMap<String, @Nullable Object>();
        headers.put("task", "mail.welcome");
        headers.put("shadow", null);
        headers.put("retries", 3);
        headers.put("ignore_result", true);
        headers.put("timelimit", nothingTwice());
        headers.put("stamps", Map.of("long", 1L, "deep", Map.of("map", List.of("x"))));
        headers.put("long", 7L);
        headers.put("short", (short) 7);
        headers.put("byte", (byte) 7);
        headers.put("double", 0.1);
        headers.put("float", 0.1f);
        headers.put("decimal", new BigDecimal("1.10"));
        headers.put("date", new Date(1_000));
        headers.put("odd", "nul \0, half \ud800, ü");
        var whole = new WireProperties(
                "application/json",
                "utf-8",
                "id",
                "replies",
                2,
                9,
                "60000",
                headers,
                new WireProperties.Others("m", Instant.ofEpochSecond(7), "t", "u", "a"));

        assertThat(StoredProperties.read(write(whole))).isEqualTo(whole);
    }

    @Test
    void whatIsNotThereStaysAway() {
        var bare = new WireProperties(null, null, null, null, null, null, null, Map.of());

        assertThat(write(bare)).isEqualTo("{\"headers\":{}}");
        assertThat(StoredProperties.read("{}")).isEqualTo(bare);
    }

    @Test
    void bytesAreKept() {
        var written = write(WireProperties.json(2, Map.of("raw", new byte[] {0, -1})));

        assertThat(StoredProperties.read(written).headers().get("raw")).isEqualTo(new byte[] {0, -1});
    }

    @Test
    void aHeaderThatAmqpHasNoTypeForIsNamed() {
        assertThatThrownBy(() -> write(WireProperties.json(2, Map.of("who", new UUID(1, 2)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header 'who' is a java.util.UUID, which AMQP has no type for");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "{\"headers\":{\"a\":{}}}",
                "{\"headers\":{\"a\":{\"odd\":1}}}",
                "{\"headers\":{\"a\":{\"long\":\"x\"}}}",
                "{\"headers\":{\"a\":{\"bytes\":\"%\"}}}",
            })
    void whatWasEditedIntoSomethingElseIsOneKindOfError(String text) {
        assertThatThrownBy(() -> StoredProperties.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whenItIsDueIsKeptBesideIt() {
        var due = Instant.parse("2026-11-26T12:00:00.123456Z");
        var properties = WireProperties.json(2, Map.of("task", "t"));

        var written = StoredProperties.write(new Draft(parcel(properties), due));

        assertThat(StoredProperties.due(written)).contains(due);
        assertThat(StoredProperties.read(written)).isEqualTo(properties);
        assertThat(StoredProperties.due(write(properties))).isEmpty();
    }

    private static String write(WireProperties properties) {
        return StoredProperties.write(Draft.of(parcel(properties)));
    }

    private static Parcel parcel(WireProperties properties) {
        return Parcel.tasks(Route.toQueue("q"), new WireMessage(properties, new byte[0]));
    }

    private static List<@Nullable Object> nothingTwice() {
        var list = new ArrayList<@Nullable Object>();
        list.add(null);
        list.add(null);
        return list;
    }
}
