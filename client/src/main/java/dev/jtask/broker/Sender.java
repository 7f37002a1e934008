package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Publishes messages so that the broker surely has them: the one way out of a process, for clients, workers and work
/// flows. [#send] never blocks, on any thread: all that waits for the broker happens on one thread of the sender's own.
///
/// What may pass, such as a lost connection or a full queue, is tried again as long as the message's patience
/// lasts. What will not change, such as a message that is too large, is that message's own failure; others are
/// not touched by it.
public final class Sender implements Outgoing, AutoCloseable {

    /// A larger body is published with no other in flight: some brokers take 16 MiB, some 128, and the one that refuses
    /// it closes the channel.
    private static final int LARGE = 1 << 20;

    private final Outlet outlet;
    private final Deadlines deadlines = new Deadlines(this::expire);
    private final AtomicInteger underWay = new AtomicInteger();
    private final Object settled = new Object();
    private volatile boolean closed;

    Sender(Line line, String name) {
        this.outlet = new Outlet(line, name);
    }

    /// On a connection that its owner opens and closes: once it is lost, nothing is sent any more. It must not recover
    /// by itself, for then its channels would come back beside ours.
    public static Sender on(Connection connection) {
        return new Sender(new GivenLine(connection), "jtask-sender");
    }

    /// On a connection of its own, which is opened at once and anew when it is lost.
    public static Sender to(BrokerOptions broker) {
        return new Sender(new OwnConnection(broker), "sender");
    }

    @Override
    public CompletableFuture<@Nullable Void> send(Parcel parcel, Patience patience) {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("the client is closed; nothing was sent"));
        }
        var way = parcel.message().body().length > LARGE || isForeign(parcel)
                ? Publication.Way.ALONE
                : Publication.Way.TOGETHER;
        var publication = new Publication(parcel, patience, way, outlet::accept);
        if (!patience.total().isZero()) {
            deadlines.add(publication, patience.total());
        }
        underWay.incrementAndGet();
        var ignored = publication.done().whenComplete((done, failure) -> leave());
        outlet.accept(publication);
        return publication.done();
    }

    /// Why nothing can be sent at the moment; null when it can.
    public @Nullable String trouble() {
        return outlet.trouble();
    }

    /// How many messages are on their way.
    public int underWay() {
        return underWay.get();
    }

    /// The time since the sender's thread last looked around, which it does at least once a second; zero while it waits
    /// for the broker.
    public Duration sinceLook() {
        return outlet.sinceLook();
    }

    /// Ends what waits for a pause at once with another try, since something has changed.
    public void hurry() {
        outlet.hurry();
    }

    /// Takes no more messages and waits for those that are on their way, each until its patience is over.
    @Override
    public void close() {
        close(Duration.ofDays(1));
    }

    /// Takes no more messages, waits for those that are on their way, and gives up what is left after the time.
    ///
    /// @return whether all of them were settled
    public boolean close(Duration most) {
        closed = true;
        boolean settled = await(most);
        outlet.close();
        deadlines.close();
        return settled;
    }

    private void leave() {
        if (underWay.decrementAndGet() == 0 && closed) {
            synchronized (settled) {
                settled.notifyAll();
            }
        }
    }

    private boolean await(Duration most) {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(most);
        synchronized (settled) {
            for (long left = end - System.nanoTime(); underWay.get() > 0 && left > 0; left = end - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(settled, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return underWay.get() == 0;
    }

    /// An exchange of somebody else's may be gone or forbidden, which closes the channel.
    private static boolean isForeign(Parcel parcel) {
        return !parcel.route().isQueue() && parcel.upkeep() != Parcel.Upkeep.DELAYED;
    }

    private void expire(Publication publication) {
        publication.expired(late(publication, publication.patience().total()));
    }

    private PublishException late(Publication publication, Duration total) {
        var before = publication.lastFailure();
        var trouble = outlet.trouble();
        String why = "the broker is slow, or the connection to it hangs";
        if (trouble != null) {
            why = trouble;
        } else if (before != null) {
            why = String.valueOf(before.getMessage());
        }
        return new PublishNotConfirmedException(
                publication.parcel().route().name(), "no answer in %s; %s".formatted(total, why));
    }

    /// A connection that somebody else looks after.
    private static final class GivenLine implements Line {

        private final Connection connection;

        GivenLine(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection connection() throws IOException {
            if (!connection.isOpen()) {
                throw new IOException("the connection is closed");
            }
            return connection;
        }

        @Override
        public void close() {
            // its owner does
        }
    }
}
