package dev.jtask.broker.talk;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Supervisor;
import dev.jtask.broker.ThisHost;
import dev.jtask.protocol.event.Event;
import dev.jtask.protocol.event.EventCodec;
import dev.jtask.protocol.event.TaskEvent;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.EventExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells Celery's event receivers, such as Flower, of each task that the broker has: `task-sent`. From a thread and a
/// connection of its own, so that no send waits for it or fails with it. What comes while there is no way to the
/// receivers waits in a buffer, and what does not fit there is dropped.
public final class SentEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SentEvents.class);
    private static final int BUFFER = 10_000;
    private static final long BUFFER_BYTES = 16L * 1024 * 1024;
    private static final long WAIT_MS = 50;
    private static final long GOODBYE_MS = 500;

    private final String node;
    private final EventLine line;
    private final Clock clock;
    private final Runnable end;
    private final AtomicLong time = new AtomicLong();
    private final BlockingQueue<WireMessage> buffer = new LinkedBlockingQueue<>(BUFFER);
    private final AtomicLong buffered = new AtomicLong();
    private final Thread thread = new Thread(this::work, "jtask-sent-events");
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean closing;

    /// @param end called once nothing more is told
    SentEvents(String node, EventLine line, Clock clock, Runnable end) {
        this.node = node;
        this.line = line;
        this.clock = clock;
        this.end = end;
        thread.setDaemon(true);
        thread.start();
    }

    /// Over a connection that is opened in the background, and comes back after a loss.
    public static SentEvents to(BrokerOptions broker, Clock clock) {
        var named = broker.named(broker.connectionName() + " tells");
        var line = new AmqpEventLine();
        var talks = new Supervisor<>(named.connectionName(), () -> Talk.open(named, List.of(line::attach)), () -> {});
        talks.start();
        return new SentEvents("gen%d@%s".formatted(ProcessHandle.current().pid(), ThisHost.name()), line, clock, () -> {
            talks.close();
            var talk = talks.present();
            if (talk != null) {
                talk.abort();
            }
        });
    }

    /// The same way out, of whose tasks it is told.
    public Outgoing around(Outgoing sender) {
        return (parcel, patience) -> {
            var at = clock.instant();
            var sent = sender.send(parcel, patience);
            var ignored = sent.whenComplete((done, failure) -> {
                if (failure == null && isTask(parcel)) {
                    tell(parcel, at);
                }
            });
            return sent;
        };
    }

    /// Tells what is left, if the broker takes it in time.
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
        } finally {
            over.countDown();
            end.run();
        }
    }

    private static boolean isTask(Parcel parcel) {
        return switch (parcel.upkeep()) {
            case TASKS, DELAYED -> true;
            // a reply, or what is put aside
            case NONE, PLAIN -> false;
        };
    }

    private void tell(Parcel parcel, Instant at) {
        try {
            if (parcel.message().properties().headers().get("id") instanceof String id) {
                keep(EventCodec.encode(Event.of(
                        new TaskEvent.Sent(parcel.message(), parcel.route(), parcel.queue()),
                        id,
                        Event.Origin.of(
                                node,
                                ProcessHandle.current().pid(),
                                ZoneId.systemDefault().getRules().getOffset(at)),
                        at,
                        time.incrementAndGet())));
            }
        } catch (RuntimeException e) { // the boundary to who sends: a task is sent, whatever is told of it
            LOG.debug("a task is sent, and nobody is told", e);
        }
    }

    private void keep(WireMessage event) {
        int size = event.body().length;
        if (closing) {
            return;
        }
        if (buffered.addAndGet(size) > BUFFER_BYTES || !buffer.offer(event)) {
            buffered.addAndGet(-size);
            LOG.debug("an event does not fit into the buffer, and is dropped");
        }
    }

    private void work() {
        while (over.getCount() > 0 && (!closing || !buffer.isEmpty())) {
            try {
                var event = buffer.poll(WAIT_MS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    buffered.addAndGet(-event.body().length);
                    send(event);
                }
            } catch (InterruptedException e) {
                LOG.debug("nobody interrupts the events; they end by close()", e);
            } catch (RuntimeException | Error e) {
                // the boundary of the loop: what failed is lost, and the next may fare better
                LOG.warn("an event could not be told", e);
            }
        }
    }

    /// Waits for a way to the receivers.
    private void send(WireMessage event) throws InterruptedException {
        while (!line.isOpen()) {
            if (over.await(WAIT_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        try {
            line.send(EventExchange.route(TaskEvent.Sent.TYPE), event);
        } catch (IOException e) {
            LOG.debug("an event was lost", e);
        }
    }
}
