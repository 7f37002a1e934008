package dev.jtask.benchmarks.chaos;

import dev.jtask.broker.PublishException;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Sends errands, some hundred at a time, through clients that are connected to the broker without a relay.
final class Sender implements AutoCloseable {

    private static final int AT_A_TIME = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final TaskClient answering;
    private final TaskClient keeping;
    private final List<String> kept;
    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Sending> sendings = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    /// A result that somebody waits for.
    record Asked(Sending sending, TaskHandle<?> handle) {}

    Sender(String brokerUri, String redisUri, Queues queues) {
        this.answering = TaskClient.builder(brokerUri).publishTimeout(PATIENCE).connect();
        this.keeping = TaskClient.builder(brokerUri)
                .publishTimeout(PATIENCE)
                .resultBackend(redisUri)
                .connect();
        this.kept = queues.keeping();
    }

    void send(Errand errand) throws InterruptedException {
        room.acquire();
        senders.execute(() -> {
            try {
                sendNow(errand);
            } finally {
                room.release();
            }
        });
    }

    /// Waits until the broker has all.
    void awaitSent() throws InterruptedException {
        room.acquire(AT_A_TIME);
        room.release(AT_A_TIME);
    }

    List<Sending> sendings() {
        return List.copyOf(sendings);
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    boolean isKept(Errand errand) {
        return kept.contains(errand.queue());
    }

    @Override
    public void close() {
        senders.shutdownNow();
        answering.close();
        keeping.close();
    }

    private void sendNow(Errand errand) {
        long from = System.currentTimeMillis();
        try {
            var handle = start(errand, isKept(errand) ? keeping : answering);
            var sending = new Sending(errand, from, System.currentTimeMillis(), Sending.Fate.CONFIRMED);
            sendings.add(sending);
            if (!(errand.shape() instanceof Errand.Work work) || work.answered()) {
                asked.add(new Asked(sending, handle));
            }
        } catch (PublishException e) {
            sendings.add(new Sending(errand, from, System.currentTimeMillis(), Sending.Fate.UNKNOWN));
        }
    }

    private static TaskHandle<?> start(Errand errand, TaskClient client) {
        return switch (errand.shape()) {
            case Errand.Work work -> client.send(Requests.work(errand, work));
            case Errand.Oversized _ -> client.send(Requests.oversized(errand));
            case Errand.Retried retried -> client.send(Requests.retried(errand, retried));
            case Errand.Chained(int steps) -> client.send(Requests.chain(errand, steps));
            case Errand.Joined(int parts) -> client.send(Requests.chord(errand, parts));
            case Errand.Rejected _ -> client.send(Requests.rejected(errand));
        };
    }
}
