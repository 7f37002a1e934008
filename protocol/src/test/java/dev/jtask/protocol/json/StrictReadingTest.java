package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictReadingTest {

    private static final ObjectMapper JSON = TypedJson.mapper();

    public record Times(
            Duration duration,
            Period period,
            YearMonth month,
            Year year,
            MonthDay day,
            ZoneId zone,
            ZoneOffset offset,
            OffsetTime time,
            Optional<LocalDate> some,
            Optional<String> none,
            OptionalInt number,
            OptionalLong large,
            OptionalDouble real) {}

    public record Keys(
            Map<LocalDate, Integer> days,
            Map<UUID, Integer> ids,
            Map<DayOfWeek, Integer> names,
            Map<Byte, Integer> bytes,
            Map<Double, Integer> doubles,
            Map<Float, Integer> floats) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "boolean              | 1",
                "boolean              | \"true\"",
                "java.lang.Boolean    | \"\"",
                "int                  | \"5\"",
                "int                  | 1.5",
                "int                  | true",
                "int                  | null",
                "int                  | 3000000000",
                "java.lang.Integer    | \"\"",
                "java.lang.Long       | 1.0",
                "byte                 | 255",
                "java.lang.Byte       | 200",
                "short                | 70000",
                "float                | 1e300",
                "double               | \"NaN\"",
                "double               | null",
                "java.lang.Double     | \"1.5\"",
                "char                 | 65",
                "char                 | \"\"",
                "char                 | \"ab\"",
                "java.lang.String     | 5",
                "java.lang.String     | true",
                "java.time.DayOfWeek  | 1",
                "java.time.DayOfWeek  | \"1\"",
                "java.time.DayOfWeek  | \"\"",
                "java.math.BigInteger | \"1\"",
                "java.math.BigInteger | 1.5",
                "java.math.BigDecimal | true",
                "java.math.BigDecimal | {\"__type__\":\"decimal\",\"__value__\":\"1e1000000000\"}",
                "java.util.UUID       | \"1-1-1-1-1\"",
                "java.util.UUID       | {\"__type__\":\"uuid\",\"__value__\":{\"hex\":\"0123\"}}",
                "java.time.LocalDate  | {\"__type__\":\"time\",\"__value__\":\"10:00\"}",
                "java.time.LocalDate  | \"2023-02-29\"",
                "java.time.Duration   | 5",
                "java.time.YearMonth  | \"2023-13\"",
                "java.util.OptionalInt| \"\"",
                "java.util.List       | \"\"",
                "java.util.Date       | \"2023-02-29\"",
                "java.util.Date       | {\"__type__\":\"datetime\",\"__value__\":\"2023-02-29T10:00:00\"}",
                "java.util.Date       | 1.5",
                "java.util.Calendar   | \"2023-02-29\"",
                "java.sql.Date        | \"2023-02-29\"",
                "java.sql.Timestamp   | \"2023-02-29T10:00:00\"",
                "java.sql.Timestamp   | {\"__type__\":\"time\",\"__value__\":\"10:00:00\"}",
                "java.sql.Date        | {\"__type__\":\"time\",\"__value__\":\"10:00:00\"}",
                "java.sql.Date        | 1.5",
                "java.sql.Time        | \"10:00:00\"",
                "java.sql.Time        | 36000000",
                "java.util.Map<java.util.Date,java.lang.Object>| {\"2023-02-29\":1}",
                "java.util.TimeZone   | \"Europe/Berlon\"",
                "java.util.Map<java.util.TimeZone,java.lang.Object>| {\"Europe/Berlon\":1}",
                "[D                   | [1e400]",
                "[D                   | [\"NaN\"]",
                "[D                   | [null]",
                "[D                   | 1",
                "[F                   | [1e300]",
                "[F                   | [1e-60]",
                "java.util.List<[D>   | [[1e400]]",
                "java.util.OptionalDouble| 1e400",
                "java.util.OptionalDouble| \"NaN\"",
                "double               | 9007199254740993",
                "double               | -9007199254740993",
                "float                | 16777217",
                "[D                   | [9007199254740993]",
                "[F                   | [16777217]",
                "java.util.List<java.lang.Double>| [9007199254740993]",
                "java.util.List<java.lang.Float>| [16777217]",
                "java.util.OptionalDouble| 9007199254740993",
                "java.util.Map<java.lang.Double,java.lang.Object>| {\"1e400\":1}",
                "java.util.Map<java.lang.Double,java.lang.Object>| {\"1e-400\":1}",
                "java.util.Map<java.lang.Double,java.lang.Object>| {\"9007199254740993\":1}",
                "java.util.Map<java.lang.Double,java.lang.Object>| {\"0x1p3\":1}",
                "java.util.Map<java.lang.Float,java.lang.Object>| {\"1e300\":1}",
                "java.util.Map<java.lang.Float,java.lang.Object>| {\"1e-60\":1}",
                "java.util.Map<java.lang.Float,java.lang.Object>| {\"16777217\":1}",
            })
    void nothingIsTurnedIntoAnotherThing(String type, String json) throws ClassNotFoundException {
        var java = JSON.getTypeFactory().constructFromCanonical(type.trim());
        assertThatThrownBy(() -> JSON.readerFor(java).readValue(json)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JSON.readerFor(java).readValue(JSON.readTree(json)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void whatIsOfItsTypeIsRead() throws JsonProcessingException {
        assertThat(JSON.readValue("-128", byte.class)).isEqualTo((byte) -128);
        assertThat(JSON.readValue("1", double.class)).isEqualTo(1.0);
        assertThat(JSON.readValue("9007199254740994", double.class)).isEqualTo(9007199254740994.0);
        assertThat(JSON.readValue("10000000000000000000000", double.class)).isEqualTo(1e22);
        assertThat(JSON.readValue("-16777216", float.class)).isEqualTo(-16777216f);
        assertThat(JSON.readValue("0.1", float.class)).isEqualTo(0.1f);
        assertThat(JSON.readValue("NaN", Double.class)).isNaN();
        assertThat(JSON.readValue("-Infinity", float.class)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(JSON.readValue("\"a\"", char.class)).isEqualTo('a');
        assertThat(JSON.readValue("null", Double.class)).isNull();
        assertThat(JSON.readValue("[]", Object[].class)).isEmpty();
        assertThat(JSON.readValue("\"\"", String.class)).isEmpty();
        assertThat(JSON.readValue("12345678901234567890", BigInteger.class)).hasToString("12345678901234567890");
        assertThat(JSON.readValue("\"2.50\"", BigDecimal.class)).hasToString("2.50");
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // users have such parameters
    void olderTypesAreReadAsWhatTheyAre() throws JsonProcessingException {
        var moment = "{\"__type__\":\"datetime\",\"__value__\":\"2024-02-29T10:00:00+02:00\"}";
        var date = Date.from(Instant.parse("2024-02-29T08:00:00Z"));
        assertThat(JSON.readValue(moment, Date.class)).isEqualTo(date);
        assertThat(JSON.readValue("\"2024-02-29T08:00:00Z\"", Date.class)).isEqualTo(date);
        assertThat(JSON.readValue(JSON.writeValueAsString(date), Date.class)).isEqualTo(date);
        assertThat(JSON.readValue(moment, Calendar.class).getTime()).isEqualTo(date);
        assertThat(JSON.readValue("\"2024-02-29T08:00:00Z\"", Timestamp.class).getTime())
                .isEqualTo(date.getTime());
        assertThat(JSON.readValue("\"Europe/Berlin\"", TimeZone.class).getID()).isEqualTo("Europe/Berlin");
        assertThat(JSON.readValue("[1, 2.5, NaN]", double[].class)).containsExactly(1, 2.5, Double.NaN);
        assertThat(JSON.readValue("[1, 2.5]", float[].class)).containsExactly(1f, 2.5f);
        assertThat(JSON.readValue("null", OptionalDouble.class)).isEmpty();
        assertThat(JSON.readValue("2", OptionalDouble.class)).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/New_York", "Asia/Tokyo"})
    void theTypesOfJdbcAreReadAsWhatTheyAreInEveryZone(String zone) throws JsonProcessingException {
        var before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            var moment = Timestamp.from(Instant.parse("2026-01-02T03:04:05.123456Z"));
            for (var text : List.of("2026-01-02T03:04:05.123456", "2026-01-02T04:04:05.123456+01:00")) {
                assertThat(JSON.readValue("\"" + text + "\"", Timestamp.class)).isEqualTo(moment);
                assertThat(JSON.readValue(typed("datetime", text), Timestamp.class))
                        .isEqualTo(moment);
            }
            assertThat(JSON.readValue(typed("date", "2026-01-02"), Timestamp.class))
                    .isEqualTo(Timestamp.from(Instant.parse("2026-01-02T00:00:00Z")));
            assertThat(JSON.readValue("1767323045123", Timestamp.class).getTime())
                    .isEqualTo(1_767_323_045_123L);
            for (var json : List.of(
                    "\"2026-01-02\"",
                    typed("date", "2026-01-02"),
                    typed("datetime", "2026-01-02T00:00:00"),
                    JSON.writeValueAsString(java.sql.Date.valueOf("2026-01-02")))) {
                assertThat(JSON.readValue(json, java.sql.Date.class)).as(json).hasToString("2026-01-02");
            }
            var map = JSON.getTypeFactory().constructMapType(Map.class, String.class, Timestamp.class);
            assertThat(JSON.<Map<String, Timestamp>>readValue("{\"a\":\"2026-01-02T03:04:05.123456\"}", map))
                    .containsEntry("a", moment);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static String typed(String type, String value) {
        return "{\"__type__\":\"%s\",\"__value__\":\"%s\"}".formatted(type, value);
    }

    @Test
    void theTypesOfJavaTimeAndOptionalsComeBack() throws JsonProcessingException {
        var times = new Times(
                Duration.ofMillis(1500),
                Period.of(1, 2, 3),
                YearMonth.of(2026, 2),
                Year.of(2026),
                MonthDay.of(2, 29),
                ZoneId.of("Europe/Berlin"),
                ZoneOffset.ofHours(2),
                OffsetTime.of(10, 11, 12, 0, ZoneOffset.ofHours(1)),
                Optional.of(LocalDate.EPOCH),
                Optional.empty(),
                OptionalInt.of(1),
                OptionalLong.empty(),
                OptionalDouble.of(1.5));
        assertThat(JSON.readValue(JSON.writeValueAsString(times), Times.class)).isEqualTo(times);
        assertThat(JSON.readValue("{}", Times.class).none()).isEmpty();
        for (var value : List.of(Duration.ZERO, ZoneId.of("UTC"), ZoneOffset.UTC, Year.of(1), Optional.of(1))) {
            assertThat(JSON.readerFor(
                                    value instanceof ZoneId && !(value instanceof ZoneOffset)
                                            ? ZoneId.class
                                            : value.getClass())
                            .<Object>readValue(JSON.writeValueAsString(value)))
                    .isEqualTo(value);
        }
    }

    @Test
    void aZoneThatWouldNotComeBackIsRefused() throws JsonProcessingException {
        var moment = Instant.parse("2026-01-02T03:04:05.123456Z");
        for (var zone : List.of(ZoneOffset.UTC, ZoneOffset.ofHours(-5))) {
            var time = moment.atZone(zone);
            assertThat(JSON.readValue(JSON.writeValueAsString(time), ZonedDateTime.class))
                    .isEqualTo(time);
        }
        assertThat(JSON.readValue(JSON.writeValueAsString(moment.atZone(ZoneId.of("UTC"))), Instant.class))
                .isEqualTo(moment);
        var region = moment.atZone(ZoneId.of("Europe/Berlin"));
        for (var value : List.of(region, List.of(region), Map.of("at", region), Optional.of(region))) {
            assertThatThrownBy(() -> JSON.valueToTree(value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the zone of 2026-01-02T04:04:05.123456+01:00[Europe/Berlin] does not travel")
                    .hasMessageContaining("send an OffsetDateTime");
        }
        var keyed = Map.of(region, 1);
        var type = JSON.getTypeFactory().constructMapType(Map.class, ZonedDateTime.class, Integer.class);
        assertThat(JSON.<Map<ZonedDateTime, Integer>>readValue(JSON.writeValueAsString(keyed), type))
                .as("a key is text")
                .isEqualTo(keyed);
    }

    @Test
    void momentsHaveMicrosecondsAsPythonsDo() throws JsonProcessingException {
        var moment = Instant.parse("2026-01-02T03:04:05.123456789Z");

        assertThat(JSON.readValue(JSON.writeValueAsString(moment), Instant.class))
                .isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
    }

    @Test
    void keysComeBack() throws JsonProcessingException {
        var keys = new Keys(
                Map.of(LocalDate.EPOCH, 1),
                Map.of(new UUID(1, 2), 2),
                Map.of(DayOfWeek.FRIDAY, 3),
                Map.of((byte) -1, 4),
                Map.of(0.1, 5, -0.0, 6, Double.NaN, 7, Double.NEGATIVE_INFINITY, 8, Double.MAX_VALUE, 9),
                Map.of(0.1f, 5, Float.MIN_VALUE, 6, Float.POSITIVE_INFINITY, 7));
        assertThat(JSON.readValue(JSON.writeValueAsString(keys), Keys.class)).isEqualTo(keys);
        assertThatThrownBy(() -> JSON.readValue("{\"bytes\":{\"255\":1}}", Keys.class))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JSON.readValue("{\"days\":{\"2023-02-29\":1}}", Keys.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void whatComesToAnOpenPlaceGoesBackAsItCame() throws JsonProcessingException {
        for (var json : List.of(
                "{\"__type__\":\"datetime\",\"__value__\":\"2026-01-02T03:04:05\"}",
                "{\"__type__\":\"datetime\",\"__value__\":\"2026-01-02T03:04:05+00:00\"}",
                "{\"__type__\":\"time\",\"__value__\":\"03:04:05+02:00\"}",
                "{\"__type__\":\"time\",\"__value__\":\"03:04:05\"}")) {
            assertThat(JSON.writeValueAsString(JSON.readValue(json, Object.class)))
                    .isEqualTo(json);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {BigDecimal.class, Object.class})
    void aDecimalOfMoreDigitsThanANumberMayHaveIsNoneEither(Class<?> type) {
        var json = "{\"__type__\": \"decimal\", \"__value__\": \"%s\"}";

        assertThatThrownBy(() -> JSON.readValue(json.formatted("9".repeat(1_000_000)), type))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("a decimal of more than 10000 digits");
        assertThatThrownBy(() -> JSON.readValue(json.formatted("1e20000"), type))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("an exponent beyond 10000");
    }
}
