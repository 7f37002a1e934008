package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireDatesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-02T03:04:05+00:00",
                "2020-01-02T03:04:05Z",
                "2020-01-02 03:04:05",
                "2020-01-02T05:04:05+0200",
                "2020-01-02T05:04:05.000000+02:00",
            })
    void everyWayOfWritingAMomentIsRead(String text) {
        assertThat(WireDates.parse(text)).isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
    }

    @Test
    void aDayMayCarryATime() {
        assertThat(WireDates.day("2020-01-02T00:00:00")).isEqualTo(LocalDate.of(2020, 1, 2));
        assertThat(WireDates.day("2020-01-02")).isEqualTo(LocalDate.of(2020, 1, 2));
    }

    @Test
    void secondsAreAlwaysWrittenAsPythonNeedsThem() {
        assertThat(WireDates.format(LocalDateTime.of(2020, 1, 2, 3, 4))).isEqualTo("2020-01-02T03:04:00");
        assertThat(WireDates.format(LocalDateTime.of(2020, 1, 2, 3, 4, 5, 6_000)))
                .isEqualTo("2020-01-02T03:04:05.000006");
    }

    @Test
    void whatIsNoDateIsRefused() {
        assertThatThrownBy(() -> WireDates.parse("tomorrow")).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29",
                "2026-02-30T10:00:00",
                "2026-04-31T00:00:00+02:00",
                "2026-01-01T24:00:00",
                "2026-01-01T00:00:60Z",
                "0000-01-01",
                "+10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "0001-01-01T00:00:00+01:00",
            })
    void whatIsOnNoCalendarIsRefused(String text) {
        assertThatThrownBy(() -> WireDates.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void whatIsReadIsReadAgainAsItIsWritten() {
        for (var text : new String[] {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999+00:00"}) {
            var moment = WireDates.parse(text);
            assertThat(WireDates.parse(WireDates.format(moment))).isEqualTo(moment);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-02T00:00:01", "2020-01-02T00:00:00+02:00", "2020-02-30"})
    void aMomentIsNoDay(String text) {
        assertThatThrownBy(() -> WireDates.day(text)).isInstanceOf(DateTimeException.class);
    }

    /// What nobody reads would be a dead letter, or a result that nobody gets.
    @ParameterizedTest
    @MethodSource("timesOfOtherYears")
    void whatIsNotOfTheYearsThatPythonKnowsIsNotWritten(Object time) {
        assertThatThrownBy(() -> TypedJson.mapper().valueToTree(List.of(time)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a message says no time but of the years 1 to 9999, not ");
        assertThatThrownBy(() -> TypedJson.mapper().valueToTree(time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("years 1 to 9999");
        assertThatThrownBy(() -> TypedJson.mapper().valueToTree(Map.of(time, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("years 1 to 9999");
    }

    static Stream<Object> timesOfOtherYears() {
        return Stream.of(
                LocalDate.MAX,
                LocalDate.MIN,
                LocalDate.of(10_000, 1, 1),
                LocalDateTime.MAX,
                LocalDateTime.of(0, 12, 31, 23, 59),
                Instant.MAX,
                Instant.MIN,
                OffsetDateTime.MAX,
                OffsetDateTime.parse("9999-12-31T23:59:59-01:00"),
                OffsetDateTime.parse("0001-01-01T00:00:00+01:00"),
                ZonedDateTime.of(LocalDateTime.MAX, ZoneOffset.UTC));
    }

    @Test
    void theFirstAndTheLastAreWritten() throws JsonProcessingException {
        for (var time : List.of(
                LocalDate.of(1, 1, 1),
                LocalDate.of(9999, 12, 31),
                LocalDateTime.of(1, 1, 1, 0, 0),
                OffsetDateTime.parse("9999-12-31T23:59:59Z"),
                Instant.parse("0001-01-01T00:00:00Z"))) {
            var json = TypedJson.mapper();
            assertThat(json.treeToValue(json.valueToTree(time), time.getClass()))
                    .isEqualTo(time);
            var key = json.getTypeFactory().constructMapType(Map.class, time.getClass(), Integer.class);
            assertThat(json.<Object>readValue(json.writeValueAsString(Map.of(time, 1)), key))
                    .isEqualTo(Map.of(time, 1));
        }
    }

    /// As places had it until they took a whole offset; Python knows of them too.
    @Test
    void anOffsetKeepsItsSeconds() throws JsonProcessingException {
        var berlin = OffsetDateTime.parse("1890-01-01T00:00:00+00:53:28");
        var json = TypedJson.mapper();

        assertThat(WireDates.format(berlin)).isEqualTo("1890-01-01T00:00:00+00:53:28");
        assertThat(json.treeToValue(json.valueToTree(berlin), OffsetDateTime.class))
                .isEqualTo(berlin);
        assertThat(json.treeToValue(json.valueToTree(berlin.toOffsetTime()), OffsetTime.class))
                .isEqualTo(berlin.toOffsetTime());
        assertThat(WireDates.format(OffsetDateTime.parse("2020-01-02T05:04:05+02:00")))
                .isEqualTo("2020-01-02T05:04:05+02:00");
    }

    @Test
    void aMomentOfADatabaseKeepsItsMicroseconds() throws JsonProcessingException {
        var version = Timestamp.from(Instant.parse("2026-11-27T12:00:00.123456Z"));
        var json = TypedJson.mapper();

        assertThat(json.treeToValue(json.valueToTree(version), Timestamp.class)).isEqualTo(version);
        assertThat(json.treeToValue(json.valueToTree(version), Instant.class)).isEqualTo(version.toInstant());
    }
}
