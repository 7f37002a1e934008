package dev.jtask.test.memory;

import dev.jtask.backend.ResultStore;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.client.ClientPorts;
import dev.jtask.client.TaskClient;
import dev.jtask.client.control.Workers;
import dev.jtask.client.events.EventSource;
import dev.jtask.client.events.Events;
import dev.jtask.client.result.Handling;
import dev.jtask.client.result.Replies;
import dev.jtask.schedule.Rota;
import dev.jtask.schedule.Schedule;
import dev.jtask.seal.Seal;
import dev.jtask.tls.TlsFiles;
import dev.jtask.worker.heart.Heart;
import dev.jtask.worker.heart.Needs;
import dev.jtask.worker.heart.Watch;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.registry.KeptQueues;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Discretion;
import dev.jtask.worker.run.Dispatch;
import dev.jtask.worker.run.TimeLimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All of jtask in one process for one test: broker, result store, one worker with one slot, clients. Its time passes
/// only when somebody waits for a result, or lets it.
public final class MemorySystem implements AutoCloseable {

    private static final String NAME = "jtask@test";

    /// Of schedules, where no queue is consumed.
    private static final String USUAL_QUEUE = "celery";

    private final Agenda agenda;
    private final MemoryBroker broker;
    private final MemorySignals signals;
    private final Outgoing sender;
    private final @Nullable ResultStore store;
    private final ScheduledThreadPoolExecutor limits;
    private final TaskRegistry registry = new TaskRegistry(List.of());
    private final Heart heart;
    private final Time time;
    private final Supplier<Equipment> equipment;
    private final Dispatch dispatch;
    private final Supplier<Collection<String>> consumed;
    private Equipment given = new Equipment(List.of(), List.of(), List.of());

    /// How one is made.
    ///
    /// @param patience how long a task may run, in real time
    /// @param routes queues of what its worker sends
    /// @param queues consumed in this order, of a worker that has such equipment
    /// @param equipment asked again whenever something is about to happen; nothing is taken away from it
    public record Settings(
            Results results,
            Duration patience,
            Routes routes,
            Function<Equipment, Collection<String>> queues,
            Supplier<Equipment> equipment) {

        /// Results that are kept, in the test's memory.
        public static final Results KEPT =
                new Results.Stored("memory://", "memory://", TlsFiles.NONE, Results.Detail.RESULT);
    }

    /// @param agenda its clock, which nobody else moves
    /// @param watch sees what clients send as well
    public MemorySystem(Agenda agenda, Settings settings, Watch watch) {
        this.agenda = agenda;
        this.broker = new MemoryBroker(agenda);
        this.signals = new MemorySignals(broker, agenda);
        this.sender = watch.sending().apply(broker);
        this.store = settings.results() instanceof Results.Stored ? MemoryStore.open(agenda) : null;
        this.limits = limits();
        this.heart = new Heart(new Needs(
                registry,
                settings.routes(),
                KeptQueues.NONE,
                NAME,
                settings.results(),
                store,
                sender,
                AfterCommit.NONE,
                watch.listener(),
                new MemoryMisses(),
                Tracing.openTelemetry(),
                List.of(),
                new AgendaTimer(agenda),
                new TimeLimiter(limits),
                new MemoryPermits(agenda),
                signals,
                // of jittered delays the longest, so that a test knows it
                () -> -1L,
                Seal.NONE,
                Discretion.USUAL,
                agenda));
        this.equipment = settings.equipment();
        this.dispatch = new Dispatch(settings.routes(), registry);
        this.consumed = () -> settings.queues().apply(equipment.get());
        var worker = new MemoryWorker(heart, broker, agenda, consumed, settings.patience());
        this.time = new Time(agenda, worker, this::equip);
    }

    /// A client of this system.
    ///
    /// @param queue where tasks go that name no queue
    public TaskClient client(String queue) {
        Outgoing equipped = (parcel, patience) -> {
            equip();
            return sender.send(parcel, patience);
        };
        var workers = new Workers(new MemoryBroadcast(heart));
        var handling = new Handling(workers, () -> new TimedFuture<>(time), agenda);
        try {
            var replies = store == null ? Replies.in(broker, handling) : Replies.from(store, handling);
            var events = new Events(EventSource.none(
                    "there are no events in a test in memory; run the test on a broker, with @OnRabbitMq"));
            return new ClientPorts(
                            equipped, replies, workers, events, broker, signals, agenda, "test", new NothingToEnd())
                    .client(queue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets all happen that is due in this time.
    public void advance(Duration by) {
        time.advance(by);
    }

    /// How many messages lie in each queue that has some.
    public Map<String, Integer> lying() {
        return broker.lying();
    }

    @Override
    public void close() {
        limits.shutdownNow();
    }

    /// Takes over what the test has given since the last time.
    private synchronized void equip() {
        var all = equipment.get();
        new TaskRegistry(all.tasks()); // two of one name are refused here
        registry.orElse(all.tasks());
        all.bindings().stream()
                .skip(given.bindings().size())
                .forEach(bound -> broker.bind(bound.exchange(), bound.routingKey(), bound.queue()));
        var fresh = all.schedules().stream().skip(given.schedules().size()).toList();
        given = all;
        if (!fresh.isEmpty()) {
            plan(fresh);
        }
    }

    private void plan(List<Schedule> schedules) {
        var usual = consumed.get().stream().findFirst().orElse(USUAL_QUEUE);
        var rota = Rota.begin(
                NAME,
                usual,
                schedules.stream()
                        .map(each -> each.task(dispatch.addressed(each.task(), usual)))
                        .toList(),
                (route, message) -> {
                    var _ = sender.send(Parcel.tasks(route, message), Patience.ENDLESS);
                },
                agenda.instant());
        follow(rota);
    }

    private void follow(Rota rota) {
        rota.pass(agenda.instant());
        rota.next().ifPresent(next -> {
            var _ = agenda.in(Duration.between(agenda.instant(), next), () -> follow(rota));
        });
    }

    /// In real time, since that is how long a task takes.
    private static ScheduledThreadPoolExecutor limits() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("limits").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /// Nothing is on its way for longer than a call.
    private static final class NothingToEnd implements ClientPorts.End {

        @Override
        public void sending() {}

        @Override
        public void connections() {}
    }
}
