package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TypedJsonTest {

    private static final ObjectMapper JSON = TypedJson.mapper();
    private static final UUID ID = UUID.fromString("0123abcd-0000-4000-8000-00000000beef");

    @Test
    void writesValuesThatJsonLacksTheWayKombuDoes() throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(Instant.parse("2020-01-01T00:00:00Z")))
                .isEqualTo("{\"__type__\":\"datetime\",\"__value__\":\"2020-01-01T00:00:00+00:00\"}");
        assertThat(JSON.writeValueAsString(new BigDecimal("1.10")))
                .isEqualTo("{\"__type__\":\"decimal\",\"__value__\":\"1.10\"}");
        assertThat(JSON.writeValueAsString(ID))
                .isEqualTo("{\"__type__\":\"uuid\",\"__value__\":{\"hex\":\"0123abcd00004000800000000000beef\"}}");
        assertThat(JSON.writeValueAsString(List.of(Double.NaN, Double.POSITIVE_INFINITY)))
                .isEqualTo("[NaN,Infinity]");
    }

    @Test
    void readsBackEachTypeItWrites() throws JsonProcessingException {
        for (Object value : List.of(
                Instant.parse("2020-01-01T00:00:00.000001Z"),
                LocalDateTime.parse("2020-01-01T10:11:12"),
                LocalDate.parse("2020-02-29"),
                LocalTime.parse("10:11:12"),
                new BigDecimal("1.10"),
                ID,
                "é".getBytes(StandardCharsets.UTF_8))) {
            var text = JSON.writeValueAsString(value);
            assertThat(JSON.readValue(text, value.getClass())).as(text).isEqualTo(value);
        }
    }

    @Test
    void anOpenTargetBecomesTheTypedValue() throws JsonProcessingException {
        var map = JSON.readValue("""
                {"when": {"__type__": "datetime", "__value__": "2020-01-01T00:00:00"},
                 "raw": {"__type__": "bytes", "__value__": "abc"},
                 "odd": {"__type__": "mystery", "__value__": 1},
                 "list": [{"__type__": "decimal", "__value__": "2.50"}]}""", new TypeReference<Map<String, Object>>() {});

        assertThat(map)
                .containsEntry("when", LocalDateTime.parse("2020-01-01T00:00:00"))
                .containsEntry("raw", "abc".getBytes(StandardCharsets.UTF_8))
                .containsEntry("odd", Map.of("__type__", "mystery", "__value__", 1))
                .containsEntry("list", List.of(new BigDecimal("2.50")));
    }

    @Test
    void aPlainTextIsTakenWhereATypedValueIsExpected() throws JsonProcessingException {
        assertThat(JSON.readValue("\"2020-01-01T00:00:00Z\"", Instant.class)).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(JSON.readValue("2.5", BigDecimal.class)).isEqualByComparingTo("2.5");
        assertThatThrownBy(() -> JSON.readValue("\"yesterday\"", Instant.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("yesterday");
    }
}
