package dev.jtask.worker.settle;

import dev.jtask.backend.Joined;
import dev.jtask.protocol.message.Excerpt;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ending of a job, of which listeners hear once it is settled.
///
/// What the broker will never take is not sent: where the job cannot end without it, it fails instead, once; the
/// rest is done all the same. Either way there is a dead letter, and nobody waits for what does not come.
final class JobSettlement extends Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(JobSettlement.class);

    private final Job job;
    private final Outcome outcome;
    private final Duration busy;
    private final List<Effect> planned;
    private boolean replaced;
    private @Nullable Join join;

    /// What comes of a chord whose last part this job handed in.
    private record Join(Effect.Count count, List<Effect> effects) {}

    JobSettlement(Settler settler, Job job, Outcome outcome, Duration busy) {
        this(
                settler,
                job,
                outcome,
                busy,
                planned(settler, job, canvas -> Ending.of(job, outcome, canvas, now(settler))));
    }

    private JobSettlement(Settler settler, Job job, Outcome outcome, Duration busy, Ending ending) {
        super(settler, job.delivery(), ending);
        this.job = job;
        this.outcome = outcome;
        this.busy = busy;
        this.planned = ending.effects();
    }

    @Override
    List<Effect> joined(Effect.Count count, Joined joined) {
        var effects = settler().canvas().joined(job, count, joined, now(settler()));
        join = joined instanceof Joined.Results ? new Join(count, effects) : null;
        return effects;
    }

    @Override
    Ending instead(Effect refused, String why, List<Effect> rest) {
        if (refused instanceof Effect.Tell && comesAgain() && !replaced) {
            LOG.debug("{}: it comes again, and nobody is told: {}", job, why);
            return new Ending(rest, new Disposition.Ack());
        }
        LOG.warn("{}: {}", job, Excerpt.of(why));
        var unsent = join;
        if (unsent != null && unsent.effects().contains(refused)) {
            join = null;
            return Ending.without(job, why, broken(unsent, why, rest));
        }
        if (!replaced && decides(refused)) {
            replaced = true;
            if (outcome instanceof Outcome.Done done && done.sequel() != null && !(refused instanceof Effect.Tell)) {
                return withNews(done, done.sequel(), why);
            }
            return planned(settler(), job, canvas -> Ending.unsendable(job, why, canvas, now(settler())));
        }
        return Ending.without(
                job,
                why,
                switch (refused) {
                    case Effect.Count count ->
                        Stream.concat(uncounted(count, why).stream(), rest.stream())
                                .toList();
                    case Effect.Begin _ -> behindTheLaunch(rest);
                    case Effect.Tell _,
                            Effect.Send _,
                            Effect.Park _,
                            Effect.Forget _,
                            Effect.Resend _,
                            Effect.KeepFailed _,
                            Effect.DeadLetter _ -> rest;
                });
    }

    @Override
    boolean waitsForLetter() {
        return outcome instanceof Outcome.Refused refused ? Ending.isOver(job, refused) : job.hasRun();
    }

    @Override
    boolean isForGood() {
        return job.hasRunForGood();
    }

    @Override
    void over() {
        settler().listener().ended(job, outcome, busy);
    }

    @Override
    void lost() {
        if (isForGood()) {
            LOG.error("{}: it was acknowledged before its run, and what was still to be sent of it is lost", job);
        }
        settler().listener().lost(job, outcome);
    }

    private boolean comesAgain() {
        return outcome instanceof Outcome.Retry || outcome instanceof Outcome.Later;
    }

    /// Whether the job cannot end as it was to without this.
    private boolean decides(Effect refused) {
        return switch (refused) {
            case Effect.Tell(var to, var _) -> to.taskId().equals(job.message().id());
            case Effect.Park _ -> true;
            case Effect.Begin _, Effect.Send _ ->
                planned.contains(refused) && (outcome instanceof Outcome.Done || outcome instanceof Outcome.Retry);
            case Effect.Count _, Effect.Forget _, Effect.Resend _, Effect.KeepFailed _, Effect.DeadLetter _ -> false;
        };
    }

    /// The job itself is done; it is others who wait for what it was to send.
    private Ending withNews(Outcome.Done done, Outcome.Sequel sequel, String why) {
        var news = sequel.unsent(job.message().id(), Ending.refusal(why));
        var told = new Outcome.Done(done.value(), done.telling(), news);
        return planned(
                settler(),
                job,
                canvas -> Ending.without(
                        job, why, Ending.of(job, told, canvas, now(settler())).effects()));
    }

    /// The body of the chord does not run, and those who wait for it are told.
    private List<Effect> broken(Join unsent, String why, List<Effect> rest) {
        var error = ResultMessage.error(job.message().id(), TaskState.FAILURE, Ending.refusal(why), null);
        var failed = new Joined.Failed(job.message().id(), error.result());
        var told = news(unsent.count(), failed);
        return Stream.concat(
                        told.stream(),
                        rest.stream()
                                .filter(effect -> effect instanceof Effect.Forget
                                        || !unsent.effects().contains(effect)))
                .toList();
    }

    /// A part is missing for ever, so that the body never runs.
    private List<Effect> uncounted(Effect.Count count, String why) {
        var id = count.part().taskId();
        var error = ResultMessage.error(id, TaskState.FAILURE, Ending.refusal(why), null);
        return news(count, new Joined.Failed(id, error.result()));
    }

    private List<Effect> news(Effect.Count count, Joined.Failed failed) {
        try {
            return settler().canvas().joined(job, count, failed, now(settler()));
        } catch (Throwable e) { // the boundary of the work flow: what cannot be read has nobody to tell
            LOG.debug("{}: nobody is told that its chord is broken", job, e);
            return List.of();
        }
    }

    /// A chord whose parts nobody counts is not sent.
    private static List<Effect> behindTheLaunch(List<Effect> rest) {
        return rest.stream()
                .dropWhile(effect -> effect instanceof Effect.Begin || effect instanceof Effect.Send)
                .toList();
    }

    /// With the work flow, or without where it cannot be read: the task has run all the same, once.
    private static Ending planned(Settler settler, Job job, Function<AfterTask, Ending> plan) {
        try {
            return plan.apply(settler.canvas());
        } catch (Throwable e) { // the boundary of the work flow: whatever is wrong with it, the job ends
            LOG.warn("{}: what follows the task cannot be planned", job, e);
            return Ending.unsendable(job, why(e), AfterTask.NOTHING, now(settler));
        }
    }

    private static Instant now(Settler settler) {
        return settler.clock().instant();
    }
}
