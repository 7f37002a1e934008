package dev.jtask.test.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/// Lets virtual time pass, and all that is due in it happen.
final class Time {

    /// No result comes later than this, since nobody keeps one for longer.
    static final Duration LONGEST = Duration.ofDays(1);

    private final Agenda agenda;
    private final MemoryWorker worker;
    private final Runnable equip;
    private final Turn turn = new Turn();

    /// @param equip called before anything happens
    Time(Agenda agenda, MemoryWorker worker, Runnable equip) {
        this.agenda = agenda;
        this.worker = worker;
        this.equip = equip;
    }

    void advance(Duration by) {
        turn.take(() -> {
            var until = agenda.instant().plus(by);
            pass(until, () -> false);
            agenda.moveTo(until);
            worker.runDue();
        });
    }

    /// Until the future is done, or as long as this takes.
    ///
    /// @return whether it is done
    boolean await(Future<?> awaited, Duration most) {
        turn.take(() -> {
            var until = agenda.instant().plus(most);
            pass(until, awaited::isDone);
            if (!awaited.isDone()) {
                agenda.moveTo(until);
            }
        });
        return awaited.isDone();
    }

    private void pass(Instant until, BooleanSupplier done) {
        equip.run();
        worker.runDue();
        for (var next = agenda.next();
                !done.getAsBoolean() && next.isPresent() && !next.get().isAfter(until);
                next = agenda.next()) {
            agenda.moveTo(next.get());
            worker.runDue();
        }
    }
}
