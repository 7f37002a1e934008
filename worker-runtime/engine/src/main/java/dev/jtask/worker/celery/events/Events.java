package dev.jtask.worker.celery.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.Connection;
import dev.jtask.protocol.json.TypedJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events from a thread of its own, so that nobody who has something to tell waits for the broker: the worker's
/// heartbeat every two seconds, always, and the tasks' events in batches when they are switched on. What does not fit
/// into the buffer is dropped.
public final class Events implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int BUFFER = 10_000;
    private static final int BATCH = 200;
    private static final long LINGER_MS = 100;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final double FREQUENCY = 2.0;

    private final String nodeName;
    private final LamportClock lamport;
    private final Clock clock;
    private final Supplier<WorkerFigures> figures;
    private final EventLine line;
    private final BlockingQueue<ObjectNode> buffer = new LinkedBlockingQueue<>(BUFFER);
    private final Thread thread;
    private volatile boolean tasksWanted;

    /// @param figures read for each heartbeat
    public Events(String nodeName, LamportClock lamport, Clock clock, Supplier<WorkerFigures> figures) {
        this.nodeName = nodeName;
        this.lamport = lamport;
        this.clock = clock;
        this.figures = figures;
        this.line = new EventLine(nodeName);
        this.thread = Thread.ofPlatform().daemon().name("events").unstarted(this::work);
    }

    public Events start() {
        thread.start();
        return this;
    }

    /// Uses this connection until the next one.
    public void attach(Connection connection) throws IOException {
        line.attach(connection);
        worker("worker-online");
    }

    /// @return whether this changed anything
    public boolean wantTasks(boolean wanted) {
        boolean changed = tasksWanted != wanted;
        tasksWanted = wanted;
        return changed;
    }

    /// Sends a heartbeat at once.
    public void heartbeat() {
        worker("worker-heartbeat");
    }

    /// Sends an event about a task, if such events are wanted.
    void task(String type, String id, Consumer<ObjectNode> fields) {
        if (!tasksWanted) {
            return;
        }
        var event = event(type).put("uuid", id);
        fields.accept(event);
        if (!buffer.offer(event)) {
            LOG.debug("the event buffer is full, {} is dropped", type);
        }
    }

    /// Says goodbye.
    @Override
    public void close() {
        thread.interrupt();
        if (line.isOpen()) {
            worker("worker-offline");
        }
    }

    private void work() {
        long beat = System.nanoTime();
        var batch = new ArrayList<ObjectNode>();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var first = buffer.poll(LINGER_MS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    buffer.drainTo(batch, BATCH - 1);
                    send(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                return;
            }
            if (System.nanoTime() - beat >= HEARTBEAT_NANOS && line.isOpen()) {
                beat = System.nanoTime();
                heartbeat();
            }
        }
    }

    private void send(List<ObjectNode> batch) {
        line.send("task-multi", bytes(TypedJson.mapper().createArrayNode().addAll(batch)));
    }

    private void worker(String type) {
        var now = figures.get();
        var event =
                event(type).put("freq", FREQUENCY).put("active", now.active()).put("processed", now.processed());
        var load = event.putArray("loadavg");
        now.loadAverage().forEach(load::add);
        event.put("sw_ident", "jtask").put("sw_ver", now.version()).put("sw_sys", System.getProperty("os.name"));
        line.send(type, bytes(event));
    }

    private ObjectNode event(String type) {
        var now = clock.instant();
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("timestamp", now.getEpochSecond() + now.getNano() / 1e9)
                .put("hostname", nodeName)
                .put("utcoffset", hoursWest(now))
                .put("pid", ProcessHandle.current().pid())
                .put("clock", lamport.forward());
    }

    /// Python's sign: west of Greenwich is positive.
    private static int hoursWest(Instant now) {
        return Math.floorDiv(-ZoneId.systemDefault().getRules().getOffset(now).getTotalSeconds(), 3600);
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return TypedJson.mapper().writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is not JSON", e);
        }
    }
}
