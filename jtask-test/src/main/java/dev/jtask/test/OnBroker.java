package dev.jtask.test;

import dev.jtask.broker.Outgoing;
import dev.jtask.client.TaskClient;
import dev.jtask.schedule.Schedule;
import dev.jtask.test.memory.Equipment;
import dev.jtask.worker.Worker;
import dev.jtask.worker.heart.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The world with a real broker: its worker starts with the first task that is sent, and time passes as it does.
final class OnBroker implements World {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /// What is due a moment after the time that was asked for was meant.
    private static final Duration SLACK = Duration.ofMillis(200);

    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final RealBroker broker;
    private final Given given;
    private final Ledger ledger;
    private final Options options;
    private final TaskClient client;
    private @Nullable Worker worker;
    private final Set<String> consumed = new HashSet<>();
    private boolean started;

    /// @param queue where tasks go that name no queue
    /// @param routes queues of what the worker sends
    /// @param queues that a worker with such equipment consumes
    /// @param resultBackend `rpc://` or a server's URI
    /// @param patience how long what is due may take to end
    record Options(
            String queue,
            String routes,
            Function<Equipment, Collection<String>> queues,
            String resultBackend,
            Duration patience) {}

    OnBroker(RealBroker broker, Given given, Ledger ledger, Options options) {
        this.broker = broker;
        this.given = given;
        this.ledger = ledger;
        this.options = options;
        this.client = TaskClient.builder(broker.uri())
                .queue(options.queue())
                .resultBackend(options.resultBackend())
                .sending(this::starting)
                .connect();
    }

    @Override
    public TaskClient client() {
        return client;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void advance(Duration by) {
        if (by.compareTo(LONGEST_WAIT) > 0) {
            throw new UnsupportedOperationException(
                    "a real broker's time passes as it does, and this test would wait for %s; let it pass %s at most, or run the test in memory, without @OnRabbitMq"
                            .formatted(by, LONGEST_WAIT));
        }
        start();
        var end = now().plus(by);
        var until = end.plus(SLACK);
        ledger.await(any -> !now().isBefore(end), by);
        if (!ledger.await(all -> isDone(all, until), options.patience())) {
            throw new AssertionError("after %s these have not ended, though they are due: %s"
                    .formatted(
                            options.patience(),
                            ledger.waiting().stream()
                                    .filter(each -> isExpected(each, until))
                                    .toList()));
        }
    }

    @Override
    public void calm() {
        ledger.await(all -> !all.isBusy(), options.patience());
        var until = now().plus(SLACK);
        ledger.await(all -> isDone(all, until), options.patience());
    }

    @Override
    public void close() {
        client.close();
        synchronized (this) {
            if (worker != null) {
                worker.close();
            }
        }
        broker.close();
    }

    private boolean isDone(Ledger all, Instant until) {
        return !all.isBusy() && all.waiting().stream().noneMatch(each -> isExpected(each, until));
    }

    private synchronized boolean isExpected(WaitingTask task, Instant until) {
        return consumed.contains(task.queue()) && !task.due().isAfter(until);
    }

    private Outgoing starting(Outgoing way) {
        var noted = ledger.before(way);
        return (parcel, patience) -> {
            start();
            return noted.send(parcel, patience);
        };
    }

    private synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        var equipment = given.last();
        equipment.bindings().forEach(bound -> broker.bind(bound.exchange(), bound.routingKey(), bound.queue()));
        consumed.addAll(options.queues().apply(equipment));
        equipment.bindings().stream()
                .filter(bound -> consumed.contains(bound.queue()))
                .forEach(bound -> consumed.add(bound.exchange() + "/" + bound.routingKey()));
        if (consumed.isEmpty() && equipment.schedules().isEmpty()) {
            return;
        }
        var builder = Worker.builder()
                .broker(broker.uri())
                .routes(options.routes())
                .queues(options.queues().apply(equipment).toArray(String[]::new))
                .resultBackend(options.resultBackend())
                .drainTimeout(DRAIN)
                .watch(new Watch(ledger::before, ledger));
        equipment.tasks().forEach(builder::task);
        if (!equipment.schedules().isEmpty()) {
            builder.schedules("jtask-test", equipment.schedules().toArray(Schedule[]::new));
        }
        worker = builder.start();
    }
}
