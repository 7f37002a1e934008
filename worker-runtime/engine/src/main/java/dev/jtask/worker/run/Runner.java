package dev.jtask.worker.run;

import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.seal.MessageSeal;
import dev.jtask.seal.SealedTasks;
import java.time.Clock;

/// The worker's one line: a delivery is decoded, becomes a job, passes the steps, is called, and its outcome goes on to
/// its ending. Whatever happens, each delivery ends once.
public final class Runner {

    private final Pipeline pipeline;
    private final Jobs jobs;
    private final Endings endings;
    private final MessageSeal seal;
    private final Discretion discretion;
    private final Clock clock;

    /// Of messages that nothing protects.
    public Runner(Pipeline pipeline, Jobs jobs, Endings endings, Clock clock) {
        this(pipeline, jobs, endings, MessageSeal.NONE, Discretion.USUAL, clock);
    }

    /// @param seal by which messages are read
    /// @param discretion with which is told of them
    public Runner(Pipeline pipeline, Jobs jobs, Endings endings, MessageSeal seal, Discretion discretion, Clock clock) {
        this.seal = seal;
        this.discretion = discretion;
        this.pipeline = pipeline;
        this.jobs = jobs;
        this.endings = endings;
        this.clock = clock;
    }

    /// Runs to the outcome; the ending goes on by itself.
    ///
    /// @param slot given back when the job is given up before its thread ends
    /// @return whether the time it took says something of the next one
    public boolean run(Delivery delivery, Slot slot) {
        return switch (SealedTasks.decode(delivery.message(), seal)) {
            case DecodeResult.Malformed malformed -> {
                refuse(delivery, malformed, Outcome.Refused.unfit("InvalidTaskError", malformed.reason()));
                yield false;
            }
            case DecodeResult.Decoded(var message) -> run(job(delivery, message), slot);
        };
    }

    /// Ends a delivery without running it. Reading it may be what ended its workers: only a small one is read, and of
    /// any other what was to follow it, for those who wait for that.
    public void refuse(Delivery delivery, Outcome.Refused refused) {
        if (!TaskCodec.isSmall(delivery.message())) {
            refuse(delivery, SealedTasks.unread(delivery.message(), refused.reason(), seal), refused);
            return;
        }
        switch (SealedTasks.decode(delivery.message(), seal)) {
            case DecodeResult.Malformed malformed -> refuse(delivery, malformed, refused);
            case DecodeResult.Decoded(var message) -> endings.ended(job(delivery, message), refused);
        }
    }

    private void refuse(Delivery delivery, DecodeResult.Malformed malformed, Outcome.Refused refused) {
        var rest = malformed.rest();
        if (rest == null) {
            endings.malformed(delivery, malformed, refused.deliveries());
        } else {
            endings.ended(job(delivery, rest), refused);
        }
    }

    private Job job(Delivery delivery, TaskMessage message) {
        return new Job(delivery, message, pipeline.definition(message.task()), clock.instant(), discretion);
    }

    private boolean run(Job job, Slot slot) {
        jobs.started(job);
        boolean hadSlot = true;
        try {
            var outcome = pipeline.run(job, (given, exceeded) -> giveUp(given, exceeded, slot));
            if (job.claim()) {
                endings.ended(job.latest(), outcome);
            } else {
                jobs.cameBack();
                hadSlot = false;
            }
            return job.hasRun() || hasLeft(outcome);
        } finally {
            jobs.ended(job, hadSlot);
        }
    }

    /// Whether its message waits elsewhere, and took its time here for that.
    private static boolean hasLeft(Outcome outcome) {
        return outcome instanceof Outcome.Later later && !(later.where() instanceof Outcome.Here);
    }

    private void giveUp(Job job, Outcome outcome, Slot slot) {
        if (job.claim()) {
            jobs.gaveUp(job);
            endings.ended(job, outcome);
            slot.release();
        }
    }
}
