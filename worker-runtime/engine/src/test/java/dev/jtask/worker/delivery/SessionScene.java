package dev.jtask.worker.delivery;

import static org.awaitility.Awaitility.await;

import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.RecordingEmitter;
import dev.jtask.worker.fakes.RecordingErrands;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Dispatch;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Endings;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Jobs;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Pipeline;
import dev.jtask.worker.run.Runner;
import dev.jtask.worker.run.Slots;
import dev.jtask.worker.run.TimeLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// A session on a connection without a broker, with two slots and one task that waits for its gate.
abstract class SessionScene {

    static final Duration SOON = Duration.ofSeconds(60);

    final FakeConnection connection = new FakeConnection();
    final RecordingSender sender = new RecordingSender();
    final HandTimer timer = new HandTimer();
    final SettableClock clock = new SettableClock();
    final AckWindow window = Windows.usual();
    final List<String> queues = new CopyOnWriteArrayList<>(List.of("q"));
    final List<Job> ended = new CopyOnWriteArrayList<>();
    final AtomicInteger started = new AtomicInteger();
    final AtomicInteger redelivered = new AtomicInteger();
    final CountDownLatch gate = new CountDownLatch(1);
    volatile boolean settling = true;
    volatile boolean settles = true;
    volatile boolean acksEarly;
    OptionalInt prefetch = OptionalInt.of(5);
    volatile Disposition disposition = new Disposition.Ack();

    @Nullable
    Session session;

    @AfterEach
    void end() {
        gate.countDown();
        if (session != null) {
            session.abort();
        }
    }

    Session open() throws IOException {
        var opened = Session.on(opening(), wants());
        session = opened;
        return opened;
    }

    /// The connection that queues share, and then further ones.
    private Opening opening() {
        var first = new AtomicBoolean(true);
        return () -> first.getAndSet(false) ? connection.connection() : connection.another();
    }

    void deliver(String id, boolean again) throws IOException {
        channel().deliver(Given.wire(Given.message(id)), again);
    }

    FakeChannel channel() {
        await().atMost(SOON).until(() -> connection.channels.stream().anyMatch(channel -> channel.consumers() > 0));
        return connection.consuming();
    }

    private Wants wants() {
        var registry = new TaskRegistry(List.of(TaskDefinition.of(Given.TASK, (args, kwargs, context) -> {
            started.incrementAndGet();
            gate.await();
            return null;
        })));
        var endings = new Endings() {
            @Override
            public void ended(Job job, Outcome outcome) {
                if (settles) {
                    job.delivery().receipt().settle(disposition);
                }
                ended.add(job);
            }

            @Override
            public void malformed(Delivery delivery, Malformed why, int deliveries) {
                delivery.receipt().settle(new Disposition.Ack());
            }
        };
        var pipeline = new Pipeline(
                new Dispatch(new Routes(List.of()), registry),
                List.of((job, next) -> {
                    if (acksEarly) {
                        job.delivery().receipt().settle(new Disposition.Ack());
                    }
                    return next.proceed(job);
                }),
                new TimeLimiter(timer),
                new RecordingErrands(),
                new RecordingEmitter(),
                FakeSignals.awaiting(),
                new Random(1),
                clock);
        return new Wants(
                queues,
                prefetch,
                10,
                new Slots(2),
                Thread.ofVirtual().factory(),
                new Runner(pipeline, new Jobs(), endings, clock),
                new Runs(clock),
                window,
                new QueueTroubles(),
                sender,
                () -> settling,
                new Traffic() {
                    @Override
                    public void redelivered() {
                        redelivered.incrementAndGet();
                    }

                    @Override
                    public void reconnected() {}
                },
                timer,
                clock);
    }
}
