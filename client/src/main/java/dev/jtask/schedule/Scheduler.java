package dev.jtask.schedule;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.text.Beginning;
import dev.jtask.seal.MessageSeal;
import dev.jtask.seal.SealProvider;
import dev.jtask.seal.Seals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends tasks by the clock. Of all schedulers with one name only one is at work, on whatever machine; when it ends
/// another takes over. How far each schedule has come is kept in the broker.
public final class Scheduler implements AutoCloseable {

    /// Header of each task: the name of its schedule.
    public static final String NAME_HEADER = JtaskHeaders.SCHEDULE;

    /// Header of each task: the time that it is sent for, in ISO 8601.
    public static final String TIME_HEADER = JtaskHeaders.SCHEDULED_TIME;

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration TAKEOVER = Duration.ofSeconds(1);
    private static final Duration RECONNECT = Duration.ofSeconds(2);
    /// One line when it begins, and then one in a minute.
    private static final int REMIND = 30;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BrokerOptions broker;
    private final String name;
    private final String queue;
    private final List<Course> courses;
    private final MessageSeal seal;
    private final Clock clock;
    private final Duration heartbeat;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Connection connection;
    private volatile boolean atWork;
    /// In a row; of its own thread.
    private int failures;
    /// Of the last time that it was at work; of its own thread.
    private LastRuns lastRuns;
    private volatile boolean blocked;

    Scheduler(SchedulerBuilder options) {
        this.broker = options.broker;
        this.name = options.name;
        this.lastRuns = LastRuns.none(name);
        this.queue = options.queue;
        this.courses = options.schedules.stream().map(Course::new).toList();
        this.seal = Seals.open(options.seal, SealProvider.Role.SENDER).messages();
        this.clock = options.clock;
        this.heartbeat = options.heartbeat;
        // no virtual thread: tasks that compute on every carrier must not stop the clock
        this.thread = new Thread(this::run, "jtask-scheduler");
        thread.setDaemon(true);
    }

    /// @param uri `amqp://` or `amqps://user:password@host:port/vhost`; of several hosts with commas between, or
    /// several such URIs with `;` between, any will do
    /// @param name of all schedulers with one name only one sends: give each application its own
    public static SchedulerBuilder builder(String uri, String name) {
        return builder(BrokerOptions.of(uri), name);
    }

    /// As [#builder(String, String)].
    public static SchedulerBuilder builder(BrokerOptions broker, String name) {
        return new SchedulerBuilder(broker, name);
    }

    /// The same name.
    ///
    /// @throws IllegalArgumentException when no scheduler can have it
    public static String requireName(String name) {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a scheduler needs a name without line breaks; all that share it are one scheduler");
        }
        int most = Limits.SHORT_BYTES - LastRuns.queue("").length();
        if (name.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new IllegalArgumentException("a scheduler's name has %d bytes at most, unlike '%s'; shorten it"
                    .formatted(most, Beginning.of(name, 40)));
        }
        return name;
    }

    Scheduler start() {
        thread.start();
        return this;
    }

    public String name() {
        return name;
    }

    /// Whether this is the one of its name that sends; a scheduler that is cut off from the broker may think so for two
    /// heartbeats (20 s) longer, but what it sends then arrives nowhere.
    public boolean isAtWork() {
        return atWork && isConnected();
    }

    /// Whether it can send, or could take over.
    public boolean isConnected() {
        var current = connection;
        return current != null && current.isOpen() && !blocked;
    }

    /// Whether its thread runs, as it does until [#close()].
    public boolean isAlive() {
        return thread.isAlive();
    }

    /// Of each schedule, in their order.
    public List<ScheduleProgress> progress() {
        return courses.stream().map(Course::progress).toList();
    }

    /// Returns once it has stopped and another may take over; what is being sent is given 5 s.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                var current = connection;
                if (current != null) {
                    BrokerConnections.abort(current);
                }
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                serve();
            } while (!closing.await(RECONNECT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() throws InterruptedException {
        try {
            var opened = BrokerConnections.open(broker, heartbeat);
            connection = opened;
            blocked = false;
            opened.addBlockedListener(reason -> blocked = true, () -> blocked = false);
            if (awaitLock(opened)) {
                work(opened);
            }
        } catch (IOException | RuntimeException | Error e) {
            // a broker that is away, or no memory for a moment, must not end the clock
            var why = e instanceof IOException cause ? Queues.reason(cause) : e.getMessage();
            if (failures++ % REMIND == 0) {
                LOG.warn("scheduler '{}': {}; trying again each {} s", name, why, RECONNECT.toSeconds());
            } else {
                LOG.debug("scheduler '{}': {}; trying again", name, why, e);
            }
        } finally {
            atWork = false;
            courses.forEach(Course::end);
            var current = connection;
            if (current != null) {
                // a broker that does not read must not keep this one from going
                BrokerConnections.abort(current);
            }
        }
    }

    private boolean awaitLock(Connection opened) throws IOException, InterruptedException {
        try (var lock = Lock.on(opened, name)) {
            if (lock.take()) {
                return true;
            }
            failures = 0;
            LOG.info("scheduler '{}': another one of this name is at work; standing by", name);
            while (!closing.await(TAKEOVER.toMillis(), TimeUnit.MILLISECONDS)) {
                if (lock.take()) {
                    return true;
                }
            }
            return false;
        }
    }

    private void work(Connection opened) throws IOException, InterruptedException {
        lastRuns = LastRuns.load(opened, name, lastRuns, closing);
        var term = Term.begin(new AmqpOutbox(opened, seal), name, queue, courses, lastRuns, clock.instant());
        atWork = true;
        LOG.info("scheduler '{}' is at work with {} schedules", name, courses.size());
        try {
            boolean more;
            do {
                more = term.pass(clock.instant());
                // not before: what fails after each connecting is said once a minute, too
                failures = 0;
            } while (!closing.await(more ? 0 : TICK.toMillis(), TimeUnit.MILLISECONDS) && opened.isOpen());
        } finally {
            lastRuns = term.lastRuns();
        }
        if (!opened.isOpen()) {
            LOG.warn("scheduler '{}': the connection to {} is lost; connecting again", name, broker);
        }
    }
}
