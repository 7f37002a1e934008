package dev.jtask.protocol.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which times a cron expression names.
class CronExpressionTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /// The times after Monday, 2026-11-23 00:00 UTC.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 7 * * *         | 11-23T07:30 11-24T07:30",
                "*/20 9 * * *       | 11-23T09:00 11-23T09:20 11-23T09:40 11-24T09:00",
                "5/20 9 * * *       | 11-23T09:05 11-23T09:25 11-23T09:45 11-24T09:05",
                "0 8-12/2 * * *     | 11-23T08:00 11-23T10:00 11-23T12:00 11-24T08:00",
                "0,15,50-52 4 * * * | 11-23T04:00 11-23T04:15 11-23T04:50 11-23T04:51 11-23T04:52 11-24T04:00",
                "0 22-1 * * *       | 11-23T01:00 11-23T22:00 11-23T23:00 11-24T00:00 11-24T01:00",
                "0 6 * * mon-fri    | 11-23T06:00 11-24T06:00 11-25T06:00 11-26T06:00 11-27T06:00 11-30T06:00",
                "0 6 * * FRI-Mon    | 11-23T06:00 11-27T06:00 11-28T06:00 11-29T06:00 11-30T06:00 12-04T06:00",
                "0 6 * * 0          | 11-29T06:00 12-06T06:00",
                "0 6 * * 7          | 11-29T06:00 12-06T06:00",
                "0 6 * * 5-7        | 11-27T06:00 11-28T06:00 11-29T06:00 12-04T06:00",
                "0 6 * * 0-7        | 11-23T06:00 11-24T06:00 11-25T06:00 11-26T06:00 11-27T06:00 11-28T06:00 11-29T06:00",
                "0 6 * * sun-7      | 11-23T06:00 11-24T06:00 11-25T06:00 11-26T06:00 11-27T06:00 11-28T06:00 11-29T06:00",
                "0 6 * * 0-7/2      | 11-24T06:00 11-26T06:00 11-28T06:00 11-29T06:00 12-01T06:00",
                "0 6 * * 1-7/2      | 11-23T06:00 11-25T06:00 11-27T06:00 11-29T06:00 11-30T06:00",
                "0 6 * * 7-2        | 11-23T06:00 11-24T06:00 11-29T06:00 11-30T06:00",
                "0 6 * * 7-7        | 11-29T06:00 12-06T06:00",
                "0 6 * * 7-0        | 11-29T06:00 12-06T06:00",
                "0 6 * * 0-0        | 11-29T06:00 12-06T06:00",
                "0 6 * * sunday,3   | 11-25T06:00 11-29T06:00 12-02T06:00",
                "0 6 1 dec *        | 12-01T06:00",
                "0 6 31 * *         | 12-31T06:00",
                "0 6 13 * fri       | 11-27T06:00 12-04T06:00 12-11T06:00 12-13T06:00 12-18T06:00",
                "0 6 */2 * mon      | 11-23T06:00 12-07T06:00 12-21T06:00",
                "@weekly            | 11-29T00:00 12-06T00:00",
                "0 6 24 * */2       | 11-24T06:00 12-24T06:00",
            })
    void namesTheseTimes(String expression, String expected) {
        var times = List.of(expected.split(" ", -1));

        assertThat(after("2026-11-23T00:00:00Z", times.size(), expression, ZoneOffset.UTC).stream()
                        .map(time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC)
                                .toString()
                                .substring(5)))
                .isEqualTo(times);
    }

    @Test
    void anExpressionOfQuartzIsToldHowToBeOneOfUnix() {
        assertThatThrownBy(() -> new CronExpression("0 0 3 * * *", BERLIN))
                .hasMessageContaining("it has 6; without the seconds of Quartz and Spring it is '0 3 * * *'");
        assertThatThrownBy(() -> new CronExpression("0 3 ? * mon", BERLIN))
                .hasMessageContaining("day of month '?'")
                .hasMessageContaining("Unix cron has * for it");
    }

    @Test
    void aLeapDayComesWhenItDoes() {
        assertThat(after("2096-03-01T00:00:00Z", 1, "0 0 29 2 *", ZoneOffset.UTC))
                .containsExactly(Instant.parse("2104-02-29T00:00:00Z"));
    }

    @Test
    void theWallClockOfTheZoneCounts() {
        assertThat(after("2026-11-27T00:00:00Z", 1, "30 7 * * *", BERLIN))
                .containsExactly(Instant.parse("2026-11-27T06:30:00Z"));
        assertThat(after("2026-07-01T00:00:00Z", 1, "30 7 * * *", BERLIN))
                .containsExactly(Instant.parse("2026-07-01T05:30:00Z"));
    }

    /// On 2026-03-29 Berlin has no time from 02:00 to 03:00.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * *       | 28T02:00+01:00 29T03:00+02:00 30T02:00+02:00",
                "30 2 * * *      | 28T02:30+01:00 29T03:00+02:00 30T02:30+02:00",
                "15,45 1-3 * * * "
                        + "| 28T01:15+01:00 28T01:45+01:00 28T02:15+01:00 28T02:45+01:00 28T03:15+01:00 28T03:45+01:00 "
                        + "29T01:15+01:00 29T01:45+01:00 29T03:00+02:00 29T03:15+02:00 29T03:45+02:00 30T01:15+02:00",
                "0 */2 29 * *    | 29T00:00+01:00 29T04:00+02:00 29T06:00+02:00",
                "30 * 29 * *     | 29T00:30+01:00 29T01:30+01:00 29T03:30+02:00 29T04:30+02:00",
            })
    void whenTheClockIsPutForwardWhatItLeavesOutRunsAfter(String expression, String expected) {
        var times = List.of(expected.split(" ", -1));

        assertThat(berlin(after("2026-03-27T23:00:00Z", times.size(), expression, BERLIN)))
                .isEqualTo(times);
    }

    /// On 2026-10-25 Berlin has the time from 02:00 to 03:00 twice.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * *      | 24T02:00+02:00 25T02:00+02:00 26T02:00+01:00",
                "30 2 * * *     | 24T02:30+02:00 25T02:30+02:00 26T02:30+01:00",
                "0 1-3 25 * *   | 25T01:00+02:00 25T02:00+02:00 25T03:00+01:00",
                "*/30 */2 25 * * | 25T00:00+02:00 25T00:30+02:00 "
                        + "25T02:00+02:00 25T02:30+02:00 25T02:00+01:00 25T02:30+01:00 25T04:00+01:00",
                "0 * 25 * *     | 25T00:00+02:00 25T01:00+02:00 25T02:00+02:00 25T02:00+01:00 25T03:00+01:00",
            })
    void whenTheClockIsPutBackWhatComesTwiceRunsOnce(String expression, String expected) {
        var times = List.of(expected.split(" ", -1));

        assertThat(berlin(after("2026-10-23T22:00:00Z", times.size(), expression, BERLIN)))
                .isEqualTo(times);
    }

    @ParameterizedTest
    @CsvSource({
        "@hourly, 0 * * * *",
        "@daily, 0 0 * * *",
        "@Daily, 0 0 * * *",
        "@midnight, 0 0 * * *",
        "@weekly, 0 0 * * 0",
        "@monthly, 0 0 1 * *",
        "@yearly, 0 0 1 1 *",
        "@ANNUALLY, 0 0 1 1 *",
        "00 6 * jan MON, 0 6 * 1 1",
        "0 6 * * 0-7, 0 6 * * 0-6",
        "0 6 * * 0-7/2, '0 6 * * 0,2,4,6'",
    })
    void whatIsWrittenInTwoWaysIsTheSame(String one, String other) {
        var same = new CronExpression(other, BERLIN);

        assertThat(new CronExpression(one, BERLIN).isSameAs(same)).isTrue();
        assertThat(new CronExpression(one, ZoneOffset.UTC).isSameAs(same)).isFalse();
        assertThat(new CronExpression("1 2 3 4 5", BERLIN).isSameAs(same)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@often", "@every 5m", "@every 1h30m", "@reboot", "@"})
    void whatOtherCronsWriteWithAnAtIsToldWhatThereIs(String expression) {
        assertThatThrownBy(() -> new CronExpression(expression, ZoneOffset.UTC))
                .hasMessageStartingWith("'%s' is no cron expression", expression)
                .hasMessageEndingWith(
                        "known with @ are @hourly, @daily or @midnight, @weekly, @monthly, @yearly or @annually; a schedule has every for a period");
    }

    /// The last time up to Monday, 2026-11-23 06:00 UTC.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *       | 2026-11-23T06:00:00Z",
                "0 6 * * *       | 2026-11-23T06:00:00Z",
                "1 6 * * *       | 2026-11-22T06:01:00Z",
                "0,59 7 * * *    | 2026-11-22T07:59:00Z",
                "0 6 1 jan *     | 2026-01-01T06:00:00Z",
                "0 0 29 feb *    | 2024-02-29T00:00:00Z",
            })
    void theLastTimeIsFoundHoweverLongAgo(String expression, String expected) {
        assertThat(new CronExpression(expression, ZoneOffset.UTC).last(Instant.parse("2026-11-23T06:00:00Z")))
                .contains(Instant.parse(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every day      | it has 2",
                "* * * *        | it has 4",
                "60 * * * *     | minute '60' is not in 0-59",
                "0 24 * * *     | hour '24' is not in 0-23",
                "0 0 0 * *      | day of month '0' is not in 1-31",
                "0 0 * 13 *     | month '13' is not in 1-12",
                "0 0 * * 8      | day of week '8' is not in 0-7",
                "0 0 * * fry    | day of week 'fry' is not in 0-7",
                "0 0 * ma *     | month 'ma' is not in 1-12",
                "*/0 * * * *    | step '0' of the minute is no positive number",
                "1-2-3 * * * *  | minute '1-2-3' is none of *, 5, 1-5, */15, 1-30/2",
                "1, * * * *     | minute '' is none of *, 5, 1-5, */15, 1-30/2",
                "0 0 31 2,4 *   | that day never comes",
            })
    void aWrongExpressionSaysWhatIsWrong(String expression, String reason) {
        assertThatThrownBy(() -> new CronExpression(expression, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s' is no cron expression of five fields (minute hour day month weekday): %s"
                        .formatted(expression, reason));
    }

    private static List<Instant> after(String start, int count, String expression, ZoneId zone) {
        var cron = new CronExpression(expression, zone);
        var times = new ArrayList<Instant>();
        var last = Instant.parse(start);
        while (times.size() < count) {
            last = cron.next(last).orElseThrow();
            times.add(last);
        }
        return times;
    }

    /// Day of month, time and offset.
    private static List<String> berlin(List<Instant> times) {
        return times.stream()
                .map(time -> OffsetDateTime.ofInstant(time, BERLIN).toString().substring(8))
                .toList();
    }
}
