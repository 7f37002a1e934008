package dev.jtask.test.memory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A worker's timer, whose time is the agenda's.
final class AgendaTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final Agenda agenda;
    private volatile boolean shut;

    AgendaTimer(Agenda agenda) {
        this.agenda = agenda;
    }

    /// One action that waits.
    private final class Alarm<V extends @Nullable Object> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        private final Duration period;
        private volatile Agenda.Entry entry;

        Alarm(Callable<V> action, Duration delay, Duration period) {
            super(action);
            this.period = period;
            this.entry = agenda.in(delay, this);
        }

        @Override
        public boolean isPeriodic() {
            return !period.isZero();
        }

        @Override
        public void run() {
            if (shut) {
                return;
            }
            if (!isPeriodic()) {
                super.run();
            } else if (runAndReset()) {
                entry = agenda.in(period, this);
            }
        }

        @Override
        public boolean cancel(boolean interrupt) {
            agenda.cancel(entry);
            return super.cancel(interrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(agenda.instant(), entry.due()));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        return new Alarm<>(Executors.callable(action), Duration.of(delay, unit.toChronoUnit()), Duration.ZERO);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
        return new Alarm<>(action, Duration.of(delay, unit.toChronoUnit()), Duration.ZERO);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable action, long first, long period, TimeUnit unit) {
        return new Alarm<>(
                Executors.callable(action),
                Duration.of(first, unit.toChronoUnit()),
                Duration.of(period, unit.toChronoUnit()));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable action, long first, long delay, TimeUnit unit) {
        // no virtual time passes while the action runs
        return scheduleAtFixedRate(action, first, delay, unit);
    }

    @Override
    public void execute(Runnable action) {
        action.run();
    }

    @Override
    public void shutdown() {
        shut = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shut = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public boolean isTerminated() {
        return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shut;
    }
}
