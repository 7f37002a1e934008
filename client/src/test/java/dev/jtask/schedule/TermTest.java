package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When the note of the last runs is sent, beside the tasks, and whom a queue that does not take them stops.
class TermTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Memory outbox = new Memory();

    @Test
    void theNoteIsRenewedEachMinuteSinceItsQueueMayHaveBeenDeleted() throws IOException {
        var term = begin(Schedule.every("hourly", Duration.ofHours(1), TaskRequest.of("t.any")));
        term.pass(NOON);
        assertThat(outbox.notes).hasSize(1);

        term.pass(NOON.plusSeconds(59));
        assertThat(outbox.notes).hasSize(1);
        term.pass(NOON.plusSeconds(60));
        assertThat(outbox.notes).hasSize(2);
        assertThat(outbox.notes.get(1).of("hourly")).contains(LastRuns.Run.of(NOON, null));
        assertThat(outbox.tasks).isZero();
    }

    @Test
    void aLastRunInTheFutureIsForgottenForThoseWhoComeAfterAsWell() throws IOException {
        var daily = Schedule.every("daily", Duration.ofDays(1), TaskRequest.of("t.any"));
        var ahead = NOON.plus(Duration.ofDays(2));
        var term = Term.begin(
                outbox,
                "tests",
                "shop",
                List.of(new Course(daily)),
                LastRuns.none("tests").with("daily", ahead, ahead),
                NOON);
        term.pass(NOON);

        assertThat(outbox.lastNote().of("daily")).contains(LastRuns.Run.of(NOON, null));
    }

    @Test
    void aTaskBringsTheNoteWithIt() throws IOException {
        var term = begin(Schedule.at("once", NOON, TaskRequest.of("t.any")));
        term.pass(NOON);
        term.pass(NOON.plusSeconds(1));

        assertThat(outbox.tasks).isOne();
        assertThat(outbox.notes).hasSize(1);
    }

    @Test
    void aNoteThatIsNotKeptIsTriedAgainAndTheTaskIsNotSentAgain() throws IOException {
        outbox.keeps = false;
        var term = begin(Schedule.at("once", NOON, TaskRequest.of("t.any")));
        term.pass(NOON);
        term.pass(NOON.plusSeconds(4));
        assertThat(outbox.notes).hasSize(1);

        outbox.keeps = true;
        term.pass(NOON.plusSeconds(5));
        term.pass(NOON.plusSeconds(6));
        assertThat(outbox.notes).hasSize(2);
        assertThat(outbox.tasks).isOne();
    }

    @Test
    void aQueueThatConfirmsNothingPutsOffItsOwnScheduleOnly() throws IOException {
        silence("mute");
        var stuck = new Course(Schedule.at("a", NOON, TaskRequest.of("t.stuck").queue("mute")));
        var free = new Course(Schedule.at("b", NOON, TaskRequest.of("t.free").queue("free")));
        var term = Term.begin(outbox, "tests", "shop", List.of(stuck, free), LastRuns.none("tests"), NOON);
        passes(term, NOON);

        assertThat(outbox.queues).containsExactly("free");
        assertThat(stuck.progress().failure()).contains("task 't.stuck' is not sent to 'mute'");
        assertThat(stuck.progress().failed()).isOne();
        assertThat(outbox.lastNote().of("a"))
                .get()
                .extracting(LastRuns.Run::sent)
                .isNull();
    }

    @Test
    void aQueueThatConfirmsNothingIsTriedMoreAndMoreRarelyUntilItDoes() throws IOException {
        silence("mute");
        var term = begin(
                Schedule.at("a", NOON, TaskRequest.of("t.any").queue("mute")),
                Schedule.at("b", NOON, TaskRequest.of("t.any").queue("mute")));
        passes(term, NOON);
        passes(term, NOON.plusSeconds(19));
        assertThat(outbox.vain).as("one tries for both").isOne();
        passes(term, NOON.plusSeconds(41));
        passes(term, NOON.plusSeconds(80));
        assertThat(outbox.vain).isEqualTo(2);

        outbox.failures.clear();
        passes(term, NOON.plusSeconds(122));
        assertThat(outbox.tasks).isEqualTo(2);
    }

    @Test
    void aSilentQueueOfTheLastRunsStopsNoTasksAndIsTriedMoreAndMoreRarely() throws IOException {
        outbox.keeps = false;
        outbox.lost = new UnconfirmedException("tests.last-runs");
        var term = begin(Schedule.every("often", Duration.ofSeconds(10), TaskRequest.of("t.any")));
        passes(term, NOON);
        passes(term, NOON.plusSeconds(10));
        assertThat(outbox.bare).as("without the note").isOne();

        outbox.keeps = true;
        outbox.lost = null;
        passes(term, NOON.plusSeconds(41));
        assertThat(outbox.tasks).isEqualTo(2);
        assertThat(outbox.lastNote().of("often"))
                .get()
                .isEqualTo(LastRuns.Run.of(NOON.plusSeconds(40), NOON.plusSeconds(40)));
    }

    @Test
    void whereNothingCanBeSentAnyMoreTheTermEnds() {
        silence("mute");
        outbox.open = false;
        var term = begin(Schedule.at("a", NOON, TaskRequest.of("t.any").queue("mute")));

        assertThatThrownBy(() -> term.pass(NOON)).isInstanceOf(UnconfirmedException.class);
    }

    @Test
    void aScheduleThatHasMissedManyRunsDoesNotHoldUpTheOthers() throws IOException {
        var hour = Duration.ofHours(1);
        var term = begin(
                Schedule.every("all", hour, TaskRequest.of("t.all").queue("many"))
                        .missed(MissedRuns.SEND_ALL),
                Schedule.every("one", hour, TaskRequest.of("t.one").queue("one")));

        assertThat(term.pass(NOON.plus(hour.multipliedBy(3)))).as("more is due").isTrue();
        assertThat(outbox.queues).containsExactly("many", "one");
        passes(term, NOON.plus(hour.multipliedBy(3)));
        assertThat(outbox.queues).containsExactly("many", "one", "many", "many");
        assertThat(term.pass(NOON.plus(hour.multipliedBy(3)))).isFalse();
    }

    @Test
    void whatARefusingQueueTookOfSeveralRunsIsNotSentToItAgain() throws IOException {
        outbox.room = 2;
        var term = begin(Schedule.every(
                        "all", Duration.ofHours(1), TaskRequest.of("t.all").queue("full"))
                .missed(MissedRuns.SEND_ALL));
        var later = NOON.plus(Duration.ofHours(4));
        passes(term, later);
        assertThat(outbox.times).containsExactly(hour(1), hour(2));

        outbox.room = 2;
        passes(term, later.plusSeconds(5));
        assertThat(outbox.times).containsExactly(hour(1), hour(2), hour(3), hour(4));
    }

    @Test
    void aClockThatIsPutBackPutsNothingOffForLonger() throws IOException {
        var late = NOON.plus(Duration.ofHours(1));
        silence("mute");
        outbox.room = 0;
        var term = begin(
                Schedule.at("a", NOON, TaskRequest.of("t.any").queue("full")),
                Schedule.at("b", NOON, TaskRequest.of("t.any").queue("mute")));
        passes(term, late);
        assertThat(outbox.tasks).isZero();
        int notes = outbox.notes.size();

        outbox.room = 2;
        outbox.failures.clear();
        passes(term, NOON.plusSeconds(1));
        assertThat(outbox.queues).containsExactlyInAnyOrder("full", "mute");
        assertThat(outbox.notes).hasSizeGreaterThan(notes);
    }

    @Test
    void aClockThatIsPutBackKeepsTheNoteNotForLonger() throws IOException {
        var term = begin(Schedule.every("daily", Duration.ofDays(1), TaskRequest.of("t.any")));
        term.pass(NOON.plus(Duration.ofHours(1)));
        term.pass(NOON);

        assertThat(outbox.notes).hasSize(2);
    }

    @Test
    void withoutSchedulesThereIsNothingToKeep() throws IOException {
        begin().pass(NOON);

        assertThat(outbox.notes).isEmpty();
    }

    private Term begin(Schedule... schedules) {
        var courses = List.of(schedules).stream().map(Course::new).toList();
        return Term.begin(outbox, "tests", "shop", courses, LastRuns.none("tests"), NOON);
    }

    private void silence(String queue) {
        outbox.failures.put(queue, new UnconfirmedException(queue));
    }

    private static void passes(Term term, Instant now) throws IOException {
        boolean more = true;
        for (int pass = 0; more && pass < 20; pass++) {
            more = term.pass(now);
        }
    }

    private static String hour(int hours) {
        return NOON.plus(Duration.ofHours(hours)).toString();
    }

    private static final class Memory implements Outbox {

        private final List<LastRuns> notes = new ArrayList<>();
        private final List<String> queues = new ArrayList<>();
        private final List<String> times = new ArrayList<>();
        private final Map<String, IOException> failures = new HashMap<>();
        private int tasks;
        private int room = Integer.MAX_VALUE;
        private int vain;
        private int bare;
        private boolean keeps = true;
        private boolean open = true;
        private @Nullable IOException lost;

        @Override
        public boolean send(Route route, WireMessage task, @Nullable LastRuns note) throws IOException {
            var failure = failures.get(route.routingKey());
            if (failure != null) {
                vain++;
                throw failure;
            }
            if (room-- <= 0) {
                throw new IOException("it is full");
            }
            tasks++;
            queues.add(route.routingKey());
            times.add(String.valueOf(task.properties().headers().get(Scheduler.TIME_HEADER)));
            if (note == null) {
                bare++;
                return false;
            }
            notes.add(note);
            return keeps;
        }

        @Override
        public boolean keep(LastRuns note) throws IOException {
            if (lost != null) {
                throw lost;
            }
            notes.add(note);
            return keeps;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        private LastRuns lastNote() {
            return notes.get(notes.size() - 1);
        }
    }
}
