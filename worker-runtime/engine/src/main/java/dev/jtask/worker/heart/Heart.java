package dev.jtask.worker.heart;

import static java.util.Objects.requireNonNull;

import dev.jtask.backend.OpenedResults;
import dev.jtask.backend.ResultStore;
import dev.jtask.broker.TaskSender;
import dev.jtask.worker.celery.canvas.Builtins;
import dev.jtask.worker.celery.canvas.Canvas;
import dev.jtask.worker.celery.canvas.ChordCheckStep;
import dev.jtask.worker.celery.canvas.ChordUnlockStep;
import dev.jtask.worker.celery.canvas.FollowUps;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Awaiting;
import dev.jtask.worker.run.Dispatch;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Jobs;
import dev.jtask.worker.run.Listeners;
import dev.jtask.worker.run.Pipeline;
import dev.jtask.worker.run.Runner;
import dev.jtask.worker.settle.KeptFailures;
import dev.jtask.worker.settle.NoBackend;
import dev.jtask.worker.settle.PieceEmitter;
import dev.jtask.worker.settle.ResultBackend;
import dev.jtask.worker.settle.RpcBackend;
import dev.jtask.worker.settle.SealedBackend;
import dev.jtask.worker.settle.Settler;
import dev.jtask.worker.settle.StoreBackend;
import dev.jtask.worker.settle.TaskErrands;
import dev.jtask.worker.settle.Uncounted;
import dev.jtask.worker.steps.AnnounceStep;
import dev.jtask.worker.steps.LimitStep;
import dev.jtask.worker.steps.LogContextStep;
import dev.jtask.worker.steps.OncePerKeyStep;
import dev.jtask.worker.steps.RateLimits;
import dev.jtask.worker.steps.Revocations;
import dev.jtask.worker.steps.RunSpanStep;
import dev.jtask.worker.steps.StartStep;
import dev.jtask.worker.steps.TimelinessStep;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// A worker from a delivery to its settlement: the registry, the steps in their order, the call, the ending. It knows
/// no connection, so that a test has the same one as a worker.
public final class Heart {

    private final TaskRegistry registry;
    private final Jobs jobs = new Jobs();
    private final Revocations revocations;
    private final RateLimits rateLimits;
    private final Settler settler;
    private final Runner runner;

    public Heart(Needs needs) {
        var store = needs.store();
        this.registry = needs.registry();
        registry.orElse(Builtins.of(registry::find));
        var seal = needs.seal();
        var tasks = new TaskSender(
                needs.sender(), TaskSender.Waiting.IN_THE_BROKER, seal.messages(), needs.tracing(), needs.clock());
        var backend = new SealedBackend(backend(needs), seal.values());
        var dispatch = new Dispatch(needs.routes(), registry);
        var followUps = new FollowUps(dispatch);
        var chords = store == null ? Canvas.Chords.IMPOSSIBLE : Canvas.Chords.COUNTED;
        var runs = new RunSpanStep(needs.tracing());
        this.settler = new Settler(
                needs.sender(),
                tasks,
                backend,
                store == null ? new Uncounted() : store.chords(),
                new KeptFailures(new Canvas(followUps, chords), needs.keepFailed()::has),
                new Listeners(List.of(needs.listener(), runs)),
                needs.misses(),
                seal,
                needs.signals(),
                needs.timer(),
                needs.clock());
        var errands = new TaskErrands(backend, tasks, needs.transactions());
        this.revocations = new Revocations(needs.clock());
        this.rateLimits = new RateLimits(needs.clock());
        var steps = new ArrayList<>(List.<Interceptor>of(
                new LogContextStep(),
                new AnnounceStep(needs.listener()),
                revocations,
                new TimelinessStep(needs.clock()),
                rateLimits,
                new ChordCheckStep(followUps, chords, needs.clock()),
                new ChordUnlockStep(store == null ? null : new OpenedResults(store.results(), seal.values())),
                new OncePerKeyStep(store == null ? null : store.claims(), seal.values(), needs.timer(), needs.clock()),
                new LimitStep(needs.permits(), needs.random()),
                runs,
                new StartStep(needs.listener(), errands, needs.nodeName())));
        steps.addAll(needs.interceptors());
        var awaiting = new Awaiting(needs.signals(), seal.messages(), needs.clock());
        var pipeline = new Pipeline(
                dispatch,
                steps,
                needs.limiter(),
                errands,
                new PieceEmitter(backend),
                awaiting,
                needs.random(),
                needs.clock());
        var discretion = needs.discretion().knowing(registry::find);
        this.runner = new Runner(pipeline, jobs, settler, seal.messages(), discretion, needs.clock());
    }

    public TaskRegistry registry() {
        return registry;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Revocations revocations() {
        return revocations;
    }

    public RateLimits rateLimits() {
        return rateLimits;
    }

    public Settler settler() {
        return settler;
    }

    /// Where deliveries go in.
    public Runner runner() {
        return runner;
    }

    private static ResultBackend backend(Needs needs) {
        return switch (needs.results()) {
            case Results.Rpc() -> new RpcBackend(needs.sender(), needs.seal().messages());
            case Results.Stored _ ->
                kept(requireNonNull(needs.store(), "results are kept, but nowhere"), needs.clock());
            case Results.Disabled() -> new NoBackend();
        };
    }

    private static ResultBackend kept(ResultStore store, Clock clock) {
        return new StoreBackend(store.results(), store.pieces(), clock);
    }
}
