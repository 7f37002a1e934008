package dev.jtask.redis;

import static dev.jtask.redis.Answers.failure;
import static dev.jtask.redis.Answers.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStores;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.testing.RedisNode;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A name that is given to another server while the connections to the old one stay open, as a fail-over does it.
@SuppressWarnings("NullAway.Init")
class RedisFailoverIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final String id = UUID.randomUUID().toString();
    private final ConcurrentLinkedQueue<ResultMessage> told = new ConcurrentLinkedQueue<>();
    private RedisNode first;
    private RedisNode second;
    private Relay relay;
    private ResultStore store;

    @BeforeEach
    void open() throws IOException {
        first = RedisNode.start();
        second = RedisNode.start();
        relay = Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port(first));
        store = ResultStores.open("redis://127.0.0.1:%d/0".formatted(relay.port()));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        relay.close();
        first.close();
        second.close();
    }

    @Test
    void resultsAreStoredInTheNewPrimary() throws IOException {
        now(store.results().store(success("before"), NOW));
        failOver();

        await().atMost(SOON).until(() -> isStored(id));
        assertThat(second.ask("EXISTS", "celery-task-meta-" + id)).isEqualTo("1");
    }

    @Test
    void whatAReplicaSaysNamesTheCure() throws IOException {
        now(store.ping());
        first.ask("REPLICAOF", "127.0.0.1", Integer.toString(port(second)));

        assertThat(failure(store.results().store(success(id), NOW)))
                .hasMessageContaining("answers: READONLY")
                .hasMessageContaining("the URI has to lead to the primary");
        assertThat(store.ping()).as("it answers").succeedsWithin(SOON);
        assertThat(failure(store.writable())).hasMessageContaining("answers: READONLY");
    }

    @Test
    void whoAsksWhetherItTakesResultsIsLedToTheNewPrimaryToo() throws IOException {
        now(store.writable());
        assertThat(first.ask("DBSIZE")).as("the question leaves nothing").isEqualTo("0");
        failOver();

        await().atMost(SOON)
                .until(() -> store.writable()
                        .handle((answer, failure) -> failure == null)
                        .join());
        now(store.results().store(success(id), NOW));
        assertThat(second.ask("EXISTS", "celery-task-meta-" + id)).isEqualTo("1");
    }

    @Test
    void aTaskThatIsWatchedIsToldByTheNewPrimary() throws IOException {
        now(store.results().watch(id, told::add));
        now(store.ping());
        // of nobody that anything would be told of
        first.ask("REPLICAOF", "127.0.0.1", "1");
        relay.turnTo(port(second));
        await().atMost(SOON).until(() -> isStored("another"));

        try (var near = ResultStores.open(second.uri())) {
            now(near.results().store(success(id), NOW));
        }
        await().atMost(SOON).until(() -> !told.isEmpty());
    }

    private void failOver() throws IOException {
        first.ask("REPLICAOF", "127.0.0.1", Integer.toString(port(second)));
        relay.turnTo(port(second));
    }

    private boolean isStored(String task) {
        return store.results()
                .store(success(task), NOW)
                .handle((done, failure) -> failure == null)
                .join();
    }

    private static int port(RedisNode node) {
        return Integer.parseInt(node.uri().replaceFirst(".*:(\\d+)/0", "$1"));
    }

    private static StoredResult success(String task) {
        return new StoredResult(ResultMessage.success(task, IntNode.valueOf(3)), null, null);
    }
}
