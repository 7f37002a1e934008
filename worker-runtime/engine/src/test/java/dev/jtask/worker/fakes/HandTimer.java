package dev.jtask.worker.fakes;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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

/// A timer whose time passes by [#pass] only; what is due then runs on the caller's thread, in order. Like the
/// worker's it drops what is cancelled.
public final class HandTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final PriorityQueue<Alarm<?>> alarms = new PriorityQueue<>(
            Comparator.<Alarm<?>>comparingLong(alarm -> alarm.due).thenComparingLong(alarm -> alarm.order));
    private long now;
    private long count;
    private boolean shut;

    /// One action that waits.
    private final class Alarm<V extends @Nullable Object> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        private final long order;
        private final long period;
        private long due;

        Alarm(Callable<V> action, long due, long period) {
            super(action);
            this.due = due;
            this.period = period;
            this.order = count++;
        }

        @Override
        public boolean isPeriodic() {
            return period > 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public void run() {
            if (!isPeriodic()) {
                super.run();
            } else if (runAndReset()) {
                due += period;
                alarms.add(this);
            }
        }

        @Override
        public boolean cancel(boolean interrupt) {
            alarms.remove(this);
            return super.cancel(interrupt);
        }
    }

    /// Lets time pass, and runs what comes due in it.
    public void pass(Duration time) {
        long until = now + time.toNanos();
        for (var next = alarms.peek(); next != null && next.due <= until; next = alarms.peek()) {
            alarms.remove();
            now = next.due;
            next.run();
        }
        now = until;
    }

    /// When what waits comes due, from now, the next first.
    public List<Duration> waiting() {
        return alarms.stream()
                .map(alarm -> Duration.ofNanos(alarm.due - now))
                .sorted()
                .toList();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        return add(Executors.callable(action), delay, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
        return add(action, delay, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable action, long first, long period, TimeUnit unit) {
        return add(Executors.callable(action), first, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable action, long first, long delay, TimeUnit unit) {
        return add(Executors.callable(action), first, delay, unit);
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
        return List.copyOf(alarms);
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

    private <V extends @Nullable Object> Alarm<V> add(Callable<V> action, long delay, long period, TimeUnit unit) {
        var alarm = new Alarm<>(action, now + unit.toNanos(delay), unit.toNanos(period));
        alarms.add(alarm);
        return alarm;
    }
}
