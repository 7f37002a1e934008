package dev.jtask.worker.delivery;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.Publisher;
import dev.jtask.broker.Queues;
import dev.jtask.worker.execution.Received;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.results.Results;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that lives as long as one connection to the broker: consumers, acknowledgers, publisher and the
/// deliveries that wait for a slot. When the connection is lost the session is thrown away whole, so nothing is ever
/// settled across connections.
///
/// Results go over a connection of their own: a broker that is out of memory blocks connections that publish, and
/// acknowledgements must not wait behind that.
public final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final long ADAPT_MS = 250;
    private static final long FLUSH_SECONDS = 10;
    private static final int ABORT_MS = 1_000;

    private final WorkerOptions options;
    private final Engine engine;
    private final Connection consuming;
    private final Connection publishing;
    private final Portions portions;
    private final Intake intake;
    private final Settler settler;
    private final List<QueueConsumer> consumers = new CopyOnWriteArrayList<>();
    private final OptionalInt fixedWindow;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Session(WorkerOptions options, Engine engine, Connection consuming, Connection publishing)
            throws IOException {
        this.options = options;
        this.engine = engine;
        this.fixedWindow = options.prefetch();
        this.consuming = consuming;
        this.publishing = publishing;
        var publisher = Publisher.on(publishing);
        this.portions = new Portions(consuming, consumers);
        this.intake = new Intake(engine, threads(options.threads()));
        var backend = engine.backends().apply(publisher);
        var outbox = new Outbox(publishing, publisher, engine.clock());
        this.settler = new Settler(
                outbox,
                new Results(backend),
                new Chords(backend, outbox, engine.followUps(), engine.clock()),
                engine.followUps(),
                new DeadLetterOffice(publisher),
                engine.listener(),
                this::hold,
                engine.clock());
    }

    /// Connects, makes sure of the queues and starts consuming.
    ///
    /// @throws IOException when the broker cannot be reached or refuses; nothing stays open then
    public static Session open(WorkerOptions options, Engine engine) throws IOException {
        var opened = new ArrayList<Connection>();
        try {
            opened.add(BrokerConnections.open(options.broker()));
            opened.add(BrokerConnections.open(options.broker().named(options.nodeName() + " results")));
            var session = new Session(options, engine, opened.getFirst(), opened.getLast());
            session.start();
            return session;
        } catch (IOException | RuntimeException e) {
            opened.forEach(connection -> connection.abort(ABORT_MS));
            throw e;
        }
    }

    /// Waits until the connection is lost or [#drain] has ended it.
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    public boolean isOpen() {
        return ended.getCount() > 0 && consuming.isOpen() && publishing.isOpen();
    }

    /// Messages that this worker may hold at the moment.
    public int prefetch() {
        return consumers.stream().mapToInt(QueueConsumer::limit).sum();
    }

    /// Deliveries that wait for a slot.
    public List<Received> waiting() {
        return intake.waiting();
    }

    /// Consumes one more queue, the last in preference.
    public void addQueue(String queue) {
        try {
            consume(queue);
        } catch (IOException | RuntimeException e) {
            lost("consuming %s failed: %s".formatted(queue, e.getMessage()));
        }
    }

    /// Lets a queue have messages of one more exchange, which is created durable when it is missing.
    ///
    /// @throws IllegalStateException when the broker refuses, with its words
    public void bind(String queue, String exchange, String exchangeType, String routingKey) {
        try {
            // a channel of its own, since the broker refuses by closing it
            var channel = consuming.createChannel();
            channel.exchangeDeclare(exchange, exchangeType, true);
            channel.queueBind(queue, exchange, routingKey);
            channel.abort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "queue '%s' is not bound to exchange '%s': %s".formatted(queue, exchange, Queues.reason(e)), e);
        }
    }

    /// Takes no more messages from a queue; those that it holds are still run.
    public void removeQueue(String queue) {
        for (var consumer : consumers) {
            if (consumer.queue().equals(queue)) {
                cancel(consumer);
            }
        }
    }

    /// Stops taking work and returns to the queue what has not been started.
    public void quiet() {
        consumers.forEach(Session::cancel);
        intake.stop();
    }

    /// Hands over all results and acknowledgements and ends the connection.
    public void close() throws InterruptedException {
        settler.awaitSettled(FLUSH_SECONDS, TimeUnit.SECONDS);
        for (var consumer : consumers) {
            consumer.acknowledger().flush(FLUSH_SECONDS, TimeUnit.SECONDS);
        }
        abort();
    }

    private void start() throws IOException {
        consuming.addShutdownListener(cause -> lost(String.valueOf(cause.getMessage())));
        publishing.addShutdownListener(cause -> lost(String.valueOf(cause.getMessage())));
        for (var queue : engine.queues()) {
            consume(queue);
        }
        intake.start(settler);
        portions.adjust(intake.window(fixedWindow));
        adaptLater();
        // work does not wait for them
        Thread.ofPlatform()
                .daemon()
                .name("attach")
                .start(() -> engine.attachments().forEach(this::attach));
    }

    /// Tasks run without events and remote control, where the broker does not let us have them.
    private void attach(Engine.Attachment attachment) {
        try {
            attachment.attach(consuming, publishing);
        } catch (AlreadyClosedException e) {
            LOG.debug("the connection was lost before everything used it", e);
        } catch (IOException e) {
            LOG.warn(
                    "going on without it: {}",
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        }
    }

    private void consume(String queue) throws IOException {
        Queues.ensure(consuming, queue);
        var channel = consuming.createChannel();
        channel.addShutdownListener(cause -> lost(String.valueOf(cause.getMessage())));
        consumers.add(new QueueConsumer(
                channel, queue, consumers.size(), intake, () -> lost("the broker ended the consumer of " + queue)));
    }

    private static void cancel(QueueConsumer consumer) {
        try {
            consumer.cancel();
        } catch (IOException | RuntimeException e) {
            LOG.debug("consumer was gone before it was cancelled", e);
        }
    }

    private void hold(Delivered delivered, Duration delay) {
        var _ = engine.timer().schedule(() -> intake.accept(delivered), delay.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void adaptLater() {
        var _ = engine.timer()
                .schedule(
                        () -> {
                            if (isOpen() && intake.isAccepting()) {
                                Thread.ofPlatform().daemon().name("prefetch").start(this::adapt);
                            }
                        },
                        ADAPT_MS,
                        TimeUnit.MILLISECONDS);
    }

    private void adapt() {
        try {
            int before = prefetch();
            int window = intake.window(fixedWindow);
            portions.adjust(window);
            if (window < before) {
                intake.shrink(window);
            }
            adaptLater();
        } catch (IOException | RuntimeException e) {
            lost("changing the prefetch failed: " + e.getMessage());
        }
    }

    private void lost(String reason) {
        if (ended.getCount() > 0 && intake.isAccepting()) {
            LOG.warn("connection to {} ended: {}", options.broker(), reason);
        }
        abort();
    }

    /// Ends the connection at once; what is unacknowledged goes back to the queue.
    public void abort() {
        intake.forget();
        ended.countDown();
        consumers.forEach(consumer -> consumer.acknowledger().stop());
        Thread.ofPlatform().daemon().name("abort").start(() -> {
            consuming.abort(ABORT_MS);
            publishing.abort(ABORT_MS);
        });
    }

    private static Thread.Builder threads(WorkerOptions.Threads kind) {
        return switch (kind) {
            case VIRTUAL -> Thread.ofVirtual().name("task-", 0);
            case PLATFORM -> Thread.ofPlatform().name("task-", 0);
        };
    }
}
