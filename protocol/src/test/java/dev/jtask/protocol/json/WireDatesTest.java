package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
