package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotaTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final List<String> sent = new ArrayList<>();

    @Test
    void sendsWhatIsDueAndNamesItsSchedule() {
        var rota = begin(Schedule.every("tidy", Duration.ofMinutes(5), TaskRequest.of("shop.tidy")));

        rota.pass(NOON);
        assertThat(sent).isEmpty();
        assertThat(rota.next()).hasValue(NOON.plusSeconds(300));

        rota.pass(NOON.plusSeconds(300));
        assertThat(sent).containsExactly("shop.tidy to shop for tidy");
        assertThat(rota.next()).hasValue(NOON.plusSeconds(600));
    }

    @Test
    void theEarliestOfSeveralIsNext() {
        var rota = begin(
                Schedule.cron("nightly", "0 3 * * *", ZoneOffset.UTC, TaskRequest.of("shop.report")),
                Schedule.at(
                        "once",
                        NOON.plusSeconds(90),
                        TaskRequest.of("shop.once").queue("else")));

        assertThat(rota.next()).hasValue(NOON.plusSeconds(90));
        rota.pass(NOON.plusSeconds(90));
        assertThat(sent).containsExactly("shop.once to else for once");
        assertThat(rota.next()).hasValue(Instant.parse("2026-11-24T03:00:00Z"));
    }

    @Test
    void nothingIsNextWhereNothingIsPlanned() {
        assertThat(begin().next()).isEmpty();
    }

    private Rota begin(Schedule... schedules) {
        return Rota.begin("tests", "shop", List.of(schedules), this::note, NOON);
    }

    private void note(Route route, WireMessage message) {
        assertThat(TaskCodec.decode(message))
                .isInstanceOfSatisfying(
                        DecodeResult.Decoded.class,
                        decoded -> sent.add("%s to %s for %s"
                                .formatted(
                                        decoded.task().task(),
                                        route.routingKey(),
                                        message.properties().headers().get(Scheduler.NAME_HEADER))));
    }
}
