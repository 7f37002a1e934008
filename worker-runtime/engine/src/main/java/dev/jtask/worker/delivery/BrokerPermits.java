package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.topology.LimitScope;
import dev.jtask.worker.run.Permits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Limits that RabbitMQ alone counts. Its connections are opened by the first task with a limit of their kind.
public final class BrokerPermits implements Permits, AutoCloseable {

    private static final int TURNS = 64;
    private static final long PATIENCE_S = 10;

    private final SpareChannels counting;
    private final SpareChannels publishing;
    private final RunCount runs;
    private final StartCount starts;
    /// The tasks of one worker that ask for the same do so one after the other: they would only find each other.
    private final List<ReentrantLock> turns =
            Stream.generate(ReentrantLock::new).limit(TURNS).toList();

    /// One question to the broker.
    @FunctionalInterface
    private interface Question {
        Answer ask() throws IOException;
    }

    /// @param timer nothing that runs on it blocks
    public BrokerPermits(BrokerOptions broker, String nodeName, ScheduledExecutorService timer) {
        this(
                () -> BrokerConnections.open(broker.named(nodeName + " counts runs")),
                () -> BrokerConnections.open(broker.named(nodeName + " counts starts")),
                timer,
                Thread::startVirtualThread);
    }

    BrokerPermits(Opening counting, Opening publishing, ScheduledExecutorService timer, Executor background) {
        this.counting = new SpareChannels(counting, channel -> {});
        this.publishing = new SpareChannels(publishing, Channel::confirmSelect);
        this.runs = new RunCount(this.counting, timer, background);
        this.starts = new StartCount(this.publishing);
    }

    @Override
    public Answer run(LimitScope of, int most) {
        var queue = of.running();
        return answer(queue, () -> runs.ask(queue, most));
    }

    @Override
    public Answer start(LimitScope of, int most, Duration period) {
        var queue = of.started(most, period);
        return answer(queue, () -> starts.ask(queue, most, period));
    }

    /// What runs is not counted any more.
    @Override
    public void close() {
        counting.close();
        publishing.close();
    }

    private Answer answer(String queue, Question question) {
        var turn = turns.get(Math.floorMod(queue.hashCode(), TURNS));
        try {
            if (!turn.tryLock(PATIENCE_S, TimeUnit.SECONDS)) {
                return new Answer.Unknown(
                        "queue '%s': others wait for the broker for %d s".formatted(queue, PATIENCE_S));
            }
            try {
                return question.ask();
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unknown("queue '%s': interrupted".formatted(queue));
        } catch (IOException e) {
            return new Answer.Unknown("queue '%s': %s".formatted(queue, fixed(String.valueOf(Queues.reason(e)))));
        } catch (ShutdownSignalException e) {
            return new Answer.Unknown("queue '%s': the connection is closed".formatted(queue));
        }
    }

    private static String fixed(String why) {
        return why.contains("ACCESS_REFUSED")
                ? why + "; let the worker's user configure and read jtask\\.limits\\..*"
                : why;
    }
}
