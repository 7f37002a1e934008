package dev.jtask.schedule;

import dev.jtask.protocol.Internal;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A scheduler's work under somebody else's clock, without a connection: for tests.
@Internal
public final class Rota {

    private final List<Course> courses;
    private final Term term;

    private Rota(List<Course> courses, Term term) {
        this.courses = courses;
        this.term = term;
    }

    /// One that starts now, for the first time.
    ///
    /// @param queue where tasks go that name no queue
    /// @param way takes what is due
    public static Rota begin(
            String name, String queue, List<Schedule> schedules, BiConsumer<Route, WireMessage> way, Instant now) {
        var courses = schedules.stream().map(Course::new).toList();
        var outbox = new Outbox() {
            @Override
            public boolean send(Route route, WireMessage task, @Nullable LastRuns note) {
                way.accept(route, task);
                return true;
            }

            @Override
            public boolean keep(LastRuns note) {
                return true;
            }

            @Override
            public boolean isOpen() {
                return true;
            }
        };
        return new Rota(courses, Term.begin(outbox, name, queue, courses, LastRuns.none(name), now));
    }

    /// Sends what is due.
    public void pass(Instant now) {
        try {
            boolean more = true;
            while (more) {
                more = term.pass(now);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing here can fail to be sent", e);
        }
    }

    /// When it has to be called next.
    public Optional<Instant> next() {
        return courses.stream()
                .flatMap(course -> Stream.ofNullable(course.next()))
                .min(Comparator.naturalOrder());
    }
}
