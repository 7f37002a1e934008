package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Range;
import dev.jtask.operator.fake.Pools;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

    private static final String OFFICE =
            "[{start: 0 8 * * mon-fri, end: 0 18 * * mon-fri, timeZone: Europe/Berlin, minReplicas: 4}]";

    /// 2026-11-26 is a Thursday.
    @ParameterizedTest
    @CsvSource({
        "2026-11-26T07:59:59+01:00, 0, 2026-11-26T08:00:00+01:00",
        "2026-11-26T08:00:00+01:00, 4, 2026-11-26T18:00:00+01:00",
        "2026-11-26T17:59:59+01:00, 4, 2026-11-26T18:00:00+01:00",
        "2026-11-26T18:00:00+01:00, 0, 2026-11-27T08:00:00+01:00",
        "2026-11-28T12:00:00+01:00, 0, 2026-11-30T08:00:00+01:00",
    })
    void isOpenFromItsStartUpToItsEnd(String now, int floor, String change) {
        var range = range(OFFICE, now);

        assertThat(range.floor()).isEqualTo(floor);
        assertThat(range.until()).isEqualTo(instant(change));
    }

    @Test
    void theWallClockOfTheZoneCountsInSummerAndWinter() {
        assertThat(range(OFFICE, "2026-07-01T06:30:00Z").floor()).isEqualTo(4);
        assertThat(range(OFFICE, "2026-12-01T06:30:00Z").floor()).isZero();
    }

    /// On 2026-03-29 Berlin has no time from 02:00 to 03:00.
    @ParameterizedTest
    @CsvSource({"2026-03-29T01:59:00+01:00, 0", "2026-03-29T03:00:00+02:00, 3", "2026-03-29T04:00:00+02:00, 0"})
    void aStartThatTheClockLeavesOutComesAfterIt(String now, int floor) {
        var night = "[{start: 30 2 * * *, end: 0 4 * * *, timeZone: Europe/Berlin, minReplicas: 3}]";

        assertThat(range(night, now).floor()).isEqualTo(floor);
    }

    @Test
    void aWindowThatTheClockLeavesOutIsNotOpenForADay() {
        var night = "[{start: 0 2 * * *, end: 30 2 * * *, timeZone: Europe/Berlin, minReplicas: 3}]";

        assertThat(range(night, "2026-03-28T02:15:00+01:00").floor()).isEqualTo(3);
        assertThat(range(night, "2026-03-29T03:15:00+02:00").floor()).isZero();
        assertThat(range(night, "2026-03-29T12:00:00+02:00").floor()).isZero();
    }

    /// On 2026-10-25 Berlin has the time from 02:00 to 03:00 twice.
    @ParameterizedTest
    @CsvSource({
        "2026-10-25T02:00:00+02:00, 3",
        "2026-10-25T02:59:00+01:00, 3",
        "2026-10-25T03:00:00+01:00, 0",
    })
    void anHourThatComesTwiceIsInTheWindowTwice(String now, int floor) {
        var night = "[{start: 0 2 * * *, end: 0 3 * * *, timeZone: Europe/Berlin, minReplicas: 3}]";

        assertThat(range(night, now).floor()).isEqualTo(floor);
    }

    @Test
    void aDurationIsTimeThatPasses() {
        var night = "[{start: 0 22 * * *, duration: 8h, timeZone: Europe/Berlin, maxReplicas: 1}]";

        // the night of 2026-10-24 has an hour more
        assertThat(range(night, "2026-10-25T04:59:00+01:00").ceiling()).isEqualTo(1);
        assertThat(range(night, "2026-10-25T05:00:00+01:00").ceiling()).isEqualTo(10);
    }

    @Test
    void aSecondStartInAnOpenWindowDoesNotCloseIt() {
        var twice = "[{start: '0 8,12 * * *', end: 0 18 * * *, minReplicas: 2}]";

        assertThat(range(twice, "2026-11-26T09:00:00Z").floor()).isEqualTo(2);
    }

    @Test
    void overlappingWindowsGiveTheHighestFloorAndTheLowestCeiling() {
        var three = """
            [{start: 0 8 * * *, duration: 10h, minReplicas: 2, maxReplicas: 9},
             {start: 0 9 * * *, duration: 1h, minReplicas: 6},
             {start: 0 7 * * *, duration: 5h, maxReplicas: 8}]""";

        assertThat(range(three, "2026-11-26T09:30:00Z"))
                .isEqualTo(new Range(
                        6, 8, "'0 9 * * *' (UTC)", "'0 7 * * *' (UTC)", Instant.parse("2026-11-26T10:00:00Z")));
    }

    @Test
    void aCeilingMayLieBelowThePoolsMinReplicas() {
        var off = windows("minReplicas: 2, windows: [{start: 0 22 * * *, duration: 8h, maxReplicas: 0}]");

        assertThat(off.faults()).isEmpty();
        assertThat(off.at(Instant.parse("2026-11-26T23:00:00Z")).ceiling()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "start: 0 25 * * *, end: 0 18 * * *, minReplicas: 1 | '0 25 * * *' is no cron expression",
                "start: 0 0 8 * * *, end: 0 18 * * *, minReplicas: 1 | without the seconds of Quartz and Spring",
                "start: 0 8 * * *, end: 0 18 * * *, timeZone: Berlin, minReplicas: 1 | timeZone 'Berlin' is none that is known; write it as Europe/Berlin or UTC",
                "start: 0 8 * * *, end: 0 8 * * *, minReplicas: 1 | start and end are the same",
                "start: '@daily', end: 0 0 * * *, minReplicas: 1 | start and end are the same",
                "start: '@every 5m', duration: 1h, minReplicas: 1 | known with @ are @hourly",
                "start: 0 8 * * *, minReplicas: 1 | set exactly one of end and duration",
                "start: 0 8 * * *, end: 0 9 * * *, duration: 1h, minReplicas: 1 | set exactly one of end and duration",
                "start: 0 8 * * *, duration: 0s, minReplicas: 1 | set a duration longer than 0s",
                "start: 0 8 * * *, duration: long, minReplicas: 1 | 'long' is not a duration",
                "start: 0 8 * * *, duration: 1h | set minReplicas or maxReplicas",
                "start: 0 8 * * *, duration: 1h, minReplicas: 5, maxReplicas: 3 | minReplicas 5 is greater than its maxReplicas 3",
                "start: 0 8 * * *, duration: 1h, minReplicas: 11 | greater than scaling.maxReplicas 10; lower the one or raise the other",
            })
    void aWrongWindowSaysWhatIsWrongAndTheOthersCount(String wrong, String sentence) {
        var windows = windows("windows: [{start: 0 0 * * *, duration: 24h, minReplicas: 2}, {%s}]".formatted(wrong));

        assertThat(windows.faults())
                .singleElement()
                .asString()
                .startsWith("scaling.windows[1]: ")
                .contains(sentence);
        assertThat(windows.at(Instant.parse("2026-11-26T09:00:00Z")).floor()).isEqualTo(2);
    }

    @Test
    void whatIsRememberedOfThemEndsWithTheHourAndWithTheSpec() {
        var hours = new Hours();
        var office = Pools.pool("queues: [{name: q}]\nscaling: {windows: %s}".formatted(OFFICE))
                .getSpec()
                .scaling();
        var none = Pools.pool("queues: [{name: q}]").getSpec().scaling();

        assertThat(hours.at(office, instant("2026-11-26T17:00:00+01:00")).floor())
                .isEqualTo(4);
        assertThat(hours.at(office, instant("2026-11-26T17:00:05+01:00")).floor())
                .isEqualTo(4);
        assertThat(hours.at(office, instant("2026-11-26T18:00:00+01:00")).floor())
                .isZero();
        assertThat(hours.at(office, instant("2026-11-27T08:00:00+01:00")).floor())
                .isEqualTo(4);
        assertThat(hours.at(none, instant("2026-11-27T08:00:05+01:00")).floor()).isZero();
    }

    @Test
    void aClockThatIsPutBackIsBackInTheWindow() {
        var hours = new Hours();
        var office = Pools.pool("queues: [{name: q}]\nscaling: {windows: %s}".formatted(OFFICE))
                .getSpec()
                .scaling();
        hours.at(office, instant("2026-11-26T18:30:00+01:00"));

        assertThat(hours.at(office, instant("2026-11-26T17:30:00+01:00")).floor())
                .isEqualTo(4);
    }

    private static Range range(String windows, String now) {
        return windows("windows: " + windows).at(instant(now));
    }

    private static Windows windows(String scaling) {
        return Windows.of(Pools.pool("queues: [{name: q}]\nscaling: {%s}".formatted(scaling))
                .getSpec()
                .scaling());
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
