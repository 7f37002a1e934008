package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When the note of the last runs is sent, beside the tasks.
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
    void withoutSchedulesThereIsNothingToKeep() throws IOException {
        begin().pass(NOON);

        assertThat(outbox.notes).isEmpty();
    }

    private Term begin(Schedule... schedules) {
        var courses = List.of(schedules).stream().map(Course::new).toList();
        return Term.begin(outbox, "tests", "shop", courses, LastRuns.none("tests"), NOON);
    }

    private static final class Memory implements Outbox {

        private final List<LastRuns> notes = new ArrayList<>();
        private int tasks;
        private boolean keeps = true;

        @Override
        public boolean send(Route route, List<WireMessage> messages, LastRuns note) {
            tasks += messages.size();
            notes.add(note);
            return keeps;
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
