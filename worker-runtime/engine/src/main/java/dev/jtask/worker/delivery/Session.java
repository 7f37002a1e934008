package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Pulse;
import dev.jtask.broker.Supervisor;
import dev.jtask.protocol.time.Wait;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Receipt;
import dev.jtask.worker.run.Slot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that lives as long as one consuming connection: consumers, acknowledgers, and the deliveries
/// that wait for a slot. When the connection is lost the session is thrown away whole, so nothing is ever
/// settled across connections. Queues over which the broker may end a connection, and suspects, have further
/// ones, whose end is not the session's.
///
/// Nothing is published here: a broker that is out of memory blocks connections that publish, and
/// acknowledgements must not wait behind that.
public final class Session implements Supervisor.Life, QueueConsumer.Destination, QueueConsumer.Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final long TICK_MS = 250;
    /// A connection that lasts so long is a good one, also when there was nothing to do.
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);
    /// An ending that is carried out as usual takes less.
    private static final Duration PROMPT = Duration.ofSeconds(1);
    /// After so long in its slot it matters little to a run that the next one comes a tick late.
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Wants wants;
    private final Connection connection;
    private final Consumers consumers;
    private final Portions portions;
    private final Intake intake;
    private final Returns returns;
    private final SuspectLane suspects;
    private final AtomicLong order = new AtomicLong();
    private final AtomicBoolean progressed = new AtomicBoolean();
    private final Held held;
    /// Those that have a slot of this session.
    private final Map<RunReceipt, Instant> running = new ConcurrentHashMap<>();
    private final Moves moves = new Moves();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("consumers").unstarted(this::tick);
    private final long since = System.nanoTime();
    private final Pulse pulse = new Pulse();
    private final DelayBindings delays;

    private Session(Wants wants, Connection connection, Opening further) {
        this.wants = wants;
        this.connection = connection;
        wants.window().connected(BrokerVersion.of(connection));
        this.consumers =
                new Consumers(connection, further, wants.troubles(), this, this, wants.window(), wants.clock());
        this.portions = new Portions(connection, consumers::adjust);
        this.delays = new DelayBindings(connection);
        this.suspects = new SuspectLane(
                connection,
                further,
                wants.sender(),
                wants.redeliveryLimit(),
                this::refuse,
                wants.runs()::adopt,
                this::timedOut,
                this::progressed,
                moves,
                wants.clock());
        this.intake =
                new Intake(wants.slots(), wants.threads(), this::run, this::giveBack, wants::maySettle, suspects::next);
        this.held = new Held(wants.timer(), this::wait);
        this.returns = new Returns(
                wants.sender(),
                wants.redeliveryLimit(),
                wants.traffic()::redelivered,
                suspects::expect,
                this::refuse,
                delivery -> wait(delivery, 0),
                moves);
    }

    /// Connects and starts consuming.
    ///
    /// @throws IOException when the broker cannot be reached; nothing stays open then
    public static Session open(BrokerOptions broker, Wants wants) throws IOException {
        return on(() -> BrokerConnections.openDirect(broker), wants);
    }

    /// On connections that end with it.
    ///
    /// @throws IOException when it does not work; nothing stays open then
    static Session on(Opening opening, Wants wants) throws IOException {
        var connection = opening.open();
        var session = new Session(wants, connection, opening);
        connection.addShutdownListener(session::lost);
        try {
            session.consumers.mend(wants.queues());
            if (!connection.isOpen()) {
                throw new IOException("the connection was lost while it opened");
            }
            session.intake.start();
            session.thread.start();
            return session;
        } catch (IOException | RuntimeException | Error e) {
            session.abort();
            throw e;
        }
    }

    @Override
    public boolean awaitEnd(Duration most) throws InterruptedException {
        return ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean hasProgressed() {
        return progressed.get() || System.nanoTime() - since > STEADY_NANOS;
    }

    @Override
    public void progressed() {
        progressed.set(true);
    }

    @Override
    public void timedOut(Duration allowed) {
        wants.window().learn(allowed);
    }

    /// Why not everything is consumed; null when it is.
    public @Nullable String trouble() {
        if (ended.getCount() == 0) {
            return "the connection is lost";
        }
        var ofQueue = consumers.trouble();
        return ofQueue == null ? suspects.trouble() : ofQueue;
    }

    /// The time since the slower of its two loops last showed that it is at work.
    public Duration sinceBeat() {
        var own = pulse.since();
        return own.compareTo(intake.sinceBeat()) > 0 ? own : intake.sinceBeat();
    }

    /// Messages that this worker may hold at the moment.
    public int prefetch() {
        return consumers.limit();
    }

    /// Deliveries that wait for a slot.
    public List<Delivery> waiting() {
        return intake.waiting();
    }

    /// There is a message beside this queue, to run by itself.
    public void expect(String queue) {
        suspects.expect(queue);
    }

    /// The rate limit of a task is another one now, or there is none: those that wait for a turn ask anew.
    public void askAnew(String task) {
        held.askAnew(task);
    }

    /// Consumes one more queue, the last in preference, from now on.
    ///
    /// @throws IOException with the broker's words; the session goes on without it
    public void addQueue(String queue) throws IOException {
        try {
            consumers.begin(queue, Integer.MAX_VALUE);
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection was lost", e);
        }
    }

    /// Takes no more messages from a queue; those that it holds are still run.
    public void removeQueue(String queue) {
        consumers.remove(queue);
    }

    /// Stops taking work and returns to the queue what has not been started. Waits for the broker.
    public void quiet() {
        intake.stop();
        consumers.cancelAll();
        intake.stop();
        held.take(each -> true, this::giveBack);
    }

    /// Waits for the copies that are on their way.
    ///
    /// @return false when the time was over first
    public boolean awaitMoved(Duration most) throws InterruptedException {
        return moves.await(most);
    }

    /// Hands over the acknowledgements, and ends the connection.
    public void close(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (var consumer : consumers.all()) {
            consumer.acknowledger().flush(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        for (var lane : suspects.acknowledgers()) {
            lane.flush(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        abort();
    }

    /// Ends the connection at once; what is unacknowledged goes back to the queue.
    @Override
    public void abort() {
        intake.forget();
        ended.countDown();
        consumers.stop();
        suspects.stop();
        BrokerConnections.abortAside(connection);
    }

    @Override
    public void accept(Delivery delivery, QueueConsumer from) {
        if (wants.runs().adopt(delivery)) {
            wants.traffic().redelivered();
            return;
        }
        if (delivery.redelivered()) {
            returns.take(delivery);
        } else {
            wait(delivery, from.preference());
        }
    }

    @Override
    public void hold(Delivery delivery, Disposition.Hold hold, QueueConsumer from) {
        if (!intake.isAccepting()) {
            giveBack(delivery);
            return;
        }
        held.hold(delivery, hold, from.preference());
    }

    /// What cannot be sent now cannot go back as a new message, and the broker has to take it as it is.
    @Override
    public void giveBack(Delivery delivery) {
        if (!wants.maySettle()) {
            delivery.receipt().settle(new Disposition.Requeue());
            return;
        }
        moves.begin(returns.giveBack(delivery));
    }

    private void wait(Delivery delivery, int preference) {
        intake.accept(new Intake.Waiting(delivery, preference, order.getAndIncrement()));
    }

    /// Keeps the consumers as they should be, until the end.
    private void tick() {
        try {
            do {
                pulse.beat();
                if (intake.isAccepting()) {
                    pulse.whileWaiting(this::adapt);
                }
            } while (!awaitEnd(Duration.ofMillis(TICK_MS)));
        } catch (InterruptedException e) {
            lost("its thread was interrupted");
        }
    }

    private void adapt() {
        try {
            consumers.mend(wants.queues());
            int before = prefetch();
            // a slot without an open delivery is busy all the same
            var isLong = isOver(LONG);
            int without = (int) running.entrySet().stream()
                    .filter(run -> run.getKey().keepsSlotAlone(isLong.test(run.getValue())))
                    .count();
            int window = Math.max(0, intake.window(wants.fixedPrefetch()) - without);
            // who can settle nothing takes nothing more for what waits to be settled
            Map<String, Integer> endings = wants.maySettle() ? endings() : Map.of();
            consumers.all().forEach(consumer -> consumer.endings(endings.getOrDefault(consumer.queue(), 0)));
            consumers.rest();
            portions.adjust(consumers.taking(), window);
            if (window < before) {
                intake.shrink(window + without);
            }
            returnStale();
            delays.look(consumers.taking());
            suspects.look(wants.queues());
        } catch (IOException | RuntimeException e) {
            if (connection.isOpen()) {
                // one consumer's trouble, which is mended at the next tick
                LOG.debug("the consumers could not be adjusted", e);
            } else {
                lost("changing the prefetch failed: " + QueueTroubles.said(e));
            }
        } catch (Error e) {
            // the boundary of the loop: nobody else would consume anew what the broker ends
            LOG.error("the consumers are looked after again after an unexpected failure", e);
        }
    }

    /// How many tasks of each queue have run, and wait only for what their endings send: perhaps to a full queue, in
    /// which others make no room before they get theirs here.
    private Map<String, Integer> endings() {
        var isOver = isOver(PROMPT);
        return wants.runs().underWay().stream()
                .filter(run -> run.hasEndedItsRun(isOver))
                .collect(Collectors.toMap(run -> run.delivery().queue(), run -> 1, Integer::sum));
    }

    /// What waits for its slot or its turn so long that the broker would take it back.
    private void returnStale() {
        var most = wants.window().parkAfter();
        if (most.isZero()) {
            return;
        }
        var isOver = isOver(most);
        intake.returnStale(isOver);
        consumers.all().forEach(consumer -> consumer.returnKept(isOver));
        held.take(each -> isOver.test(each.at()), this::giveBack);
        suspects.returnKept(isOver(wants.window().parkFetchedAfter()));
    }

    /// Whether so much time has passed since then; also where the clock was put back, and nobody knows how
    /// much has.
    private Predicate<Instant> isOver(Duration time) {
        var now = wants.clock().instant();
        return since -> Wait.of(since, time).isOver(now);
    }

    /// Its letter may have to wait: it is parked meanwhile as a run is, and takes no room from others.
    private void refuse(Delivery delivery, Outcome.Refused refused) {
        var begun = wants.runs().begin(delivery);
        wants.runner().refuse(begun, refused);
        leaveSlot(begun.receipt());
    }

    private boolean run(Delivery delivery, Slot slot) {
        var begun = wants.runs().begin(delivery);
        if (begun.receipt() instanceof RunReceipt run) {
            running.put(run, wants.clock().instant());
        }
        try {
            return wants.runner().run(begun, slot);
        } finally {
            leaveSlot(begun.receipt());
        }
    }

    private void leaveSlot(Receipt receipt) {
        switch (receipt) {
            case RunReceipt run -> {
                running.remove(run);
                run.leftSlot(wants.clock().instant());
            }
            case SuspectReceipt suspect -> suspect.leftSlot();
            default -> {} // its delivery is all that there is of it
        }
    }

    private void lost(ShutdownSignalException cause) {
        consumers.lost(cause);
        lost(String.valueOf(cause.getMessage()));
    }

    private void lost(String reason) {
        if (ended.getCount() > 0 && intake.isAccepting()) {
            LOG.warn("the connection that consumes ended: {}", reason);
        }
        abort();
    }
}
