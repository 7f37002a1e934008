package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.PublishException;
import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/// Sends a pool one task after the other, until it is told to stop.
final class Load implements AutoCloseable {

    private final Installation installation;
    private final String pool;
    private final long millis;
    private final TaskClient client;
    private final Ran ran;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<Long> confirmed = ConcurrentHashMap.newKeySet();
    private final Set<Long> unsure = ConcurrentHashMap.newKeySet();
    private long next;

    private Load(Installation installation, String pool, Duration each) {
        this.installation = installation;
        this.pool = pool;
        this.millis = each.toMillis();
        this.client = TaskClient.connect(installation.broker().amqpUri());
        this.ran = new Ran(installation.broker().view(), pool);
    }

    /// @param each how long a task runs
    static Load start(Installation installation, String pool, int perSecond, Duration each) {
        var load = new Load(installation, pool, each);
        var _ = load.clock.scheduleAtFixedRate(load::send, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        return load;
    }

    /// Begins later, with ten tasks a second.
    static Load after(Duration delay, Installation installation, String pool) {
        var load = new Load(installation, pool, Duration.ZERO);
        var _ = load.clock.scheduleAtFixedRate(load::send, delay.toMillis(), 100, TimeUnit.MILLISECONDS);
        return load;
    }

    /// Sends so many at once.
    static Load burst(Installation installation, String pool, int tasks, Duration each) {
        var load = new Load(installation, pool, each);
        for (int i = 0; i < tasks; i++) {
            load.send();
        }
        return load;
    }

    /// How many tasks the broker has confirmed so far.
    int sent() {
        return confirmed.size();
    }

    /// How many tasks have succeeded so far.
    int succeeded() {
        return ran.look().numbers().size();
    }

    /// Sends no more.
    void stop() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /// Stops sending, waits until all is done, and shows and returns what became of it.
    Tally finish(String scenario) throws InterruptedException {
        stop();
        try {
            eventually("every task of %s succeeds".formatted(pool))
                    .until(() -> ran.look().numbers().containsAll(confirmed)
                            && installation.broker().view().messages(pool) == 0);
        } catch (ConditionTimeoutException e) {
            System.out.println(e.getMessage()); // whoever asked looks at what is lost
        }
        var succeeded = new HashSet<>(ran.look().numbers());
        succeeded.retainAll(confirmed);
        var tally = new Tally(confirmed.size(), succeeded.size(), ran.again(), unsure.size());
        System.out.printf("%s: %s, %d lost%n", scenario, tally, tally.lost());
        return tally;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        client.close();
    }

    private void send() {
        long number = next++;
        try {
            var _ = client.send(TaskRequest.of("e2e.work", number, millis)
                    .queue(pool)
                    .ignoringResult()
                    .link(TaskRequest.of("e2e.ran").queue(ran.queue()).ignoringResult()));
            confirmed.add(number);
        } catch (PublishException e) {
            unsure.add(number);
        }
    }
}
