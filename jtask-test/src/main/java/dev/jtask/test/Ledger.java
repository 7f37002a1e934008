package dev.jtask.test;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.topology.DelayTopology;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.TaskListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What was sent, what ran and how it ended, and what is still to come. Safe for any thread.
final class Ledger implements TaskListener {

    private final Clock clock;
    private final List<Object> all = new ArrayList<>();
    private final Map<String, WaitingTask> open = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    Ledger(Clock clock) {
        this.clock = clock;
    }

    /// Notes what goes out this way.
    Outgoing before(Outgoing way) {
        return (parcel, patience) -> {
            note(parcel);
            return way.send(parcel, patience);
        };
    }

    synchronized List<SentTask> sent() {
        return all.stream()
                .filter(SentTask.class::isInstance)
                .map(SentTask.class::cast)
                .toList();
    }

    synchronized List<TaskRun> runs() {
        return all.stream()
                .filter(TaskRun.class::isInstance)
                .map(TaskRun.class::cast)
                .toList();
    }

    synchronized List<WaitingTask> waiting() {
        return List.copyOf(open.values());
    }

    /// Waits until this is so.
    ///
    /// @return false when the time was over first
    synchronized boolean await(Predicate<Ledger> condition, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.test(this)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the test was interrupted while it waited for its tasks", e);
            }
        }
        return true;
    }

    /// Everything in its order, a line each.
    synchronized List<String> story(Instant start) {
        return all.stream()
                .map(each -> switch (each) {
                    case SentTask sent -> "%s  sent %s".formatted(since(start, sent.at()), sent);
                    case TaskRun run -> "%s  ran  %s".formatted(since(start, run.at()), run);
                    default -> each.toString();
                })
                .toList();
    }

    /// Whether a worker has taken something that it has not ended.
    synchronized boolean isBusy() {
        return !taken.isEmpty();
    }

    @Override
    public synchronized void received(Job job) {
        taken.add(job.message().id());
    }

    @Override
    public synchronized void ended(Job job, Outcome outcome, Duration busy) {
        taken.remove(job.message().id());
        var queue = job.delivery().queue();
        var run = new TaskRun(queue, clock.instant(), job.message(), outcome);
        if (!(outcome instanceof Outcome.Later)) {
            all.add(run);
        }
        // a retry may have ended before it is told that it was sent
        if (attempts.merge(run.id(), run.attempt(), Math::max) == run.attempt()) {
            run.again()
                    .ifPresentOrElse(
                            delay -> open.put(
                                    run.id(),
                                    new WaitingTask(run.id(), run.task(), queue, due(job, outcome, run.at(), delay))),
                            () -> open.remove(run.id()));
        }
        notifyAll();
    }

    @Override
    public synchronized void lost(Job job, Outcome outcome) {
        taken.remove(job.message().id());
        notifyAll();
    }

    private void note(Parcel parcel) {
        switch (parcel.upkeep()) {
            case TASKS, DELAYED -> {
                if (TaskCodec.decode(parcel.message()) instanceof DecodeResult.Decoded(var task)) {
                    note(parcel, task);
                }
            }
            case NONE, PLAIN -> {
                // results and dead letters
            }
        }
    }

    /// A retry, and a message that goes back to wait, are not sent anew.
    private synchronized void note(Parcel parcel, TaskMessage task) {
        boolean delayed = parcel.upkeep() == Parcel.Upkeep.DELAYED;
        boolean fresh = known.add(task.id());
        if (task.retries() > 0 || (delayed && !fresh)) {
            return;
        }
        var to = delayed
                ? DelayTopology.queue(parcel.route().routingKey())
                : parcel.route().name();
        var sent = new SentTask(to, clock.instant(), task);
        all.add(sent);
        var eta = task.eta();
        open.put(task.id(), new WaitingTask(task.id(), task.task(), to, orExpiry(task, eta == null ? sent.at() : eta)));
    }

    /// A broker's delays are whole seconds, which says nothing of when the task is due; and its time may have
    /// come since the message was put off.
    private static Instant due(Job job, Outcome outcome, Instant now, Duration delay) {
        var eta = job.message().eta();
        return orExpiry(
                job.message(),
                outcome instanceof Outcome.Later
                                && eta != null
                                && eta.isAfter(job.delivery().at())
                        ? eta
                        : now.plus(delay));
    }

    /// Whoever finds it expired ends it, which may be before its eta: brokers round a delay down.
    private static Instant orExpiry(TaskMessage task, Instant due) {
        var expires = task.expires();
        return expires != null && expires.isBefore(due) ? expires : due;
    }

    private static String since(Instant start, Instant at) {
        return "+" + Duration.between(start, at).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
