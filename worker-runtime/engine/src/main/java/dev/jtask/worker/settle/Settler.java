package dev.jtask.worker.settle;

import dev.jtask.backend.ChordCounter;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.TaskSender;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.Excerpt;
import dev.jtask.seal.Seal;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Endings;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Listeners;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Signals;
import dev.jtask.worker.run.SparseLog;
import dev.jtask.worker.run.TaskListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns outcomes into endings and sees to it that each is carried out. Never blocks and never throws: whoever hands an
/// outcome in is rid of it.
public final class Settler implements Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final Carrier carrier;
    private final AfterTask canvas;
    private final TaskListener listener;
    private final Misses misses;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Unsettled unsettled = new Unsettled();
    private final SparseLog refusals = new SparseLog(LOG);
    private final SparseLog waits = new SparseLog(LOG);

    /// @param seal of what chords gather, and of messages that say what their task waits for
    /// @param timer nothing that runs on it blocks
    public Settler(
            Outgoing sender,
            TaskSender tasks,
            ResultBackend results,
            ChordCounter chords,
            AfterTask canvas,
            TaskListener listener,
            Misses misses,
            Seal seal,
            Signals signals,
            ScheduledExecutorService timer,
            Clock clock) {
        this.carrier = new Carrier(sender, tasks, results, chords, seal, signals);
        this.canvas = canvas;
        // one that fails must not keep the ending from its end
        this.listener = new Listeners(List.of(listener));
        this.misses = misses;
        this.timer = timer;
        this.clock = clock;
    }

    /// What is being carried out.
    public Unsettled unsettled() {
        return unsettled;
    }

    @Override
    public void ended(Job job, Outcome outcome) {
        if (job.shown(outcome) instanceof Outcome.Refused refused && refused.kind() == Outcome.Refused.Kind.UNFIT) {
            refusals.warn("rejecting a message of queue '%s': %s"
                    .formatted(job.delivery().queue(), Excerpt.of(refused.reason())));
        }
        new JobSettlement(this, job, outcome, Duration.between(job.began(), clock.instant())).start();
    }

    @Override
    public void malformed(Delivery delivery, Malformed why, int deliveries) {
        refusals.warn("rejecting a message of queue '%s': %s".formatted(delivery.queue(), Excerpt.of(why.reason())));
        var ending = Ending.of(why);
        var settlement =
                deliveries > 0 ? new DeadlySettlement(this, delivery, ending) : new Settlement(this, delivery, ending);
        settlement.start();
    }

    Carrier carrier() {
        return carrier;
    }

    AfterTask canvas() {
        return canvas;
    }

    TaskListener listener() {
        return listener;
    }

    Misses misses() {
        return misses;
    }

    Clock clock() {
        return clock;
    }

    /// An ending that nobody sees is a worker that stands still for no reason.
    void waits(String why) {
        waits.warn(Excerpt.of(why));
    }

    void later(Duration pause, Runnable again) {
        var _ = timer.schedule(again, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
