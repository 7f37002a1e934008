package dev.jtask.worker.celery.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.talk.AmqpEventLine;
import dev.jtask.broker.talk.EventLine;
import dev.jtask.protocol.event.Event;
import dev.jtask.protocol.event.EventCodec;
import dev.jtask.protocol.event.TaskEvent;
import dev.jtask.protocol.event.WorkerEvent;
import dev.jtask.protocol.event.WorkerEvent.When;
import dev.jtask.protocol.topology.EventExchange;
import dev.jtask.worker.run.SparseLog;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events from a thread of its own, so that nobody who has something to tell waits for the broker: the worker's
/// heartbeat, always, and the tasks' events in batches when they are switched on. What does not fit into the buffer is
/// dropped.
public final class Events implements EventSwitch, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int BUFFER = 10_000;
    private static final long BUFFER_TEXT = 16L * 1024 * 1024;
    private static final int BATCH = 200;
    private static final long BATCH_TEXT = 1024 * 1024;
    private static final long EVENT_TEXT = 4 * BATCH_TEXT;
    private static final int OWN = 16;
    private static final long LINGER_MS = 100;
    private static final long GOODBYE_MS = 500;
    private static final long HEARTBEAT_NANOS = Math.round(WorkerEvent.HEARTBEAT_SECONDS * 1e9);

    private final String nodeName;
    private final LamportClock lamport;
    private final Clock clock;
    private final Function<When, WorkerEvent> figures;
    private final EventLine line;
    private final SparseLog failures = new SparseLog(LOG);
    private final BlockingQueue<Event> buffer = new LinkedBlockingQueue<>(BUFFER);
    private final AtomicLong buffered = new AtomicLong();
    private final BlockingQueue<When> own = new LinkedBlockingQueue<>(OWN);
    private final Thread thread = Thread.ofPlatform().daemon().name("events").unstarted(this::work);
    private volatile boolean tasksWanted;
    private volatile boolean closing;
    private long beat = System.nanoTime();

    /// @param figures what the worker says of itself, asked for each of its events
    public Events(String nodeName, LamportClock lamport, Clock clock, Function<When, WorkerEvent> figures) {
        this(nodeName, lamport, clock, figures, new AmqpEventLine());
    }

    Events(String nodeName, LamportClock lamport, Clock clock, Function<When, WorkerEvent> figures, EventLine line) {
        this.nodeName = nodeName;
        this.lamport = lamport;
        this.clock = clock;
        this.figures = figures;
        this.line = line;
    }

    public Events start() {
        thread.start();
        return this;
    }

    /// Uses this connection until the next one.
    public void attach(Connection connection) {
        line.attach(connection);
        tellSoon(When.ONLINE);
    }

    @Override
    public boolean isTasksWanted() {
        return tasksWanted;
    }

    @Override
    public void wantTasks(boolean wanted) {
        tasksWanted = wanted;
    }

    @Override
    public void heartbeat() {
        tellSoon(When.HEARTBEAT);
    }

    /// Sends an event about a task, if such events are wanted.
    void task(TaskEvent happened, String id) {
        if (!tasksWanted) {
            return;
        }
        var origin = origin();
        var event = Event.of(happened, id, origin, clock.instant(), lamport.forward());
        long text = text(event);
        boolean fits = buffered.addAndGet(text) <= BUFFER_TEXT && text <= EVENT_TEXT;
        if (!fits || !buffer.offer(event)) {
            buffered.addAndGet(-text);
            LOG.debug("the event buffer is full, {} is dropped", event.type());
        }
    }

    /// Sends what is left and says goodbye, if the broker takes it in time.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(GOODBYE_MS);
            if (thread.isAlive()) {
                LOG.debug("the broker takes no events; the last ones are lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellSoon(When when) {
        if (!own.offer(when)) {
            LOG.debug("{} is dropped: so many are on their way", when);
        }
    }

    private void work() {
        while (!closing) {
            try {
                sendTasks(LINGER_MS);
                tellOwn();
            } catch (InterruptedException e) {
                LOG.debug("nobody interrupts the events; they end by close()", e);
            } catch (RuntimeException | Error e) {
                // the boundary of the loop: what failed is lost, and the next may fare better
                failures.warn("an event could not be told: " + e);
            }
        }
        end();
    }

    private void end() {
        try {
            while (!buffer.isEmpty() && line.isOpen()) {
                sendTasks(0);
            }
            tell(When.OFFLINE);
        } catch (InterruptedException | RuntimeException e) {
            LOG.debug("the last events are lost", e);
        }
    }

    private void sendTasks(long waitMs) throws InterruptedException {
        var first = buffer.poll(waitMs, TimeUnit.MILLISECONDS);
        if (first == null) {
            return;
        }
        var batch = new ArrayList<Event>();
        long text = 0;
        for (var next = first; next != null; next = buffer.poll()) {
            batch.add(next);
            text += text(next);
            if (batch.size() == BATCH || text > BATCH_TEXT) {
                break;
            }
        }
        buffered.addAndGet(-text);
        if (!line.isOpen()) {
            return;
        }
        try {
            line.send(EventExchange.route(EventExchange.BATCH), EventCodec.encode(batch));
        } catch (IOException e) {
            LOG.debug("{} events were lost", batch.size(), e);
        }
    }

    private void tellOwn() {
        for (var when = own.poll(); when != null; when = own.poll()) {
            tell(when);
        }
        if (System.nanoTime() - beat >= HEARTBEAT_NANOS) {
            // first, so that one that fails is not repeated at once
            beat = System.nanoTime();
            tell(When.HEARTBEAT);
        }
    }

    private void tell(When when) {
        if (!line.isOpen()) {
            return;
        }
        var event = Event.of(figures.apply(when), origin(), clock.instant(), lamport.forward());
        try {
            line.send(EventExchange.route(event.type()), EventCodec.encode(event));
        } catch (IOException e) {
            LOG.debug("{} was lost", event.type(), e);
        }
    }

    private Event.Origin origin() {
        return Event.Origin.of(
                nodeName,
                ProcessHandle.current().pid(),
                ZoneId.systemDefault().getRules().getOffset(clock.instant()));
    }

    /// The characters that it has to keep.
    private static long text(Event event) {
        long text = 0;
        for (JsonNode field : event.fields()) {
            text += field.isTextual() ? field.textValue().length() : 0;
        }
        return text;
    }
}
