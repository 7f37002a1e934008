package dev.jtask.client.schedule;

import dev.jtask.client.BrokerOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends tasks by the clock. Of all schedulers with one name only one is at work, on whatever machine; when it ends
/// another takes over within some seconds. Each schedule's last time is kept in the broker.
public final class Scheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration TAKEOVER = Duration.ofSeconds(2);

    private final BrokerOptions broker;
    private final String name;
    private final String queue;
    private final List<Schedule> schedules;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Scheduler(BrokerOptions broker, String name, String queue, List<Schedule> schedules) {
        this.broker = broker;
        this.name = name;
        this.queue = queue;
        this.schedules = List.copyOf(schedules);
        this.thread = Thread.ofVirtual().name("jtask-scheduler").unstarted(this::run);
    }

    /// Starts one; it ends with [#close()].
    ///
    /// @param name two schedulers of one name never both send
    /// @param queue where tasks go that name no queue
    /// @throws IllegalArgumentException when two schedules have one name
    public static Scheduler start(BrokerOptions broker, String name, String queue, List<Schedule> schedules) {
        var names = new HashSet<String>();
        for (var schedule : schedules) {
            if (!names.add(schedule.name())) {
                throw new IllegalArgumentException(
                        "scheduler '%s' has two schedules named '%s'; rename one".formatted(name, schedule.name()));
            }
        }
        var scheduler = new Scheduler(broker, name, queue, schedules);
        scheduler.thread.start();
        return scheduler;
    }

    /// Returns once it has stopped and another may take over.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                serve();
            } while (!closing.await(TAKEOVER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() throws InterruptedException {
        try (var term = Term.begin(broker, name, queue).orElse(null)) {
            if (term == null) {
                LOG.debug("scheduler '{}': another one is at work, looking again in {}", name, TAKEOVER);
                return;
            }
            LOG.info("scheduler '{}' is at work with {} schedules", name, schedules.size());
            do {
                term.send(schedules, clock.instant());
            } while (!closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS) && !term.isOver());
        } catch (IOException | RuntimeException e) {
            // a broker that is away or a queue that is full must not end the clock
            LOG.warn("scheduler '{}': {}; trying again in {}", name, e.getMessage(), TAKEOVER);
        }
    }
}
