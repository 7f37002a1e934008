package dev.jtask.redis;

import static dev.jtask.redis.Answers.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.backend.ResultStore;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.testing.RedisNode;
import dev.jtask.testing.Relay;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A Redis that is there while the connections to it lead nowhere any more, and nobody says so.
@SuppressWarnings("NullAway.Init")
class RedisSilenceIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final String id = UUID.randomUUID().toString();
    private final ConcurrentLinkedQueue<ResultMessage> told = new ConcurrentLinkedQueue<>();
    private List<String> seen = List.of();
    private long seenSince;
    private RedisNode redis;
    private Relay relay;
    private ResultStore far;
    private ResultStore near;

    @BeforeEach
    void open() throws IOException {
        redis = RedisNode.start();
        int port = Integer.parseInt(redis.uri().replaceFirst(".*:(\\d+)/0", "$1"));
        relay = Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        far = store("redis://127.0.0.1:%d/0".formatted(relay.port()));
        near = store(redis.uri());
    }

    @AfterEach
    void close() throws IOException {
        far.close();
        near.close();
        relay.close();
        redis.close();
    }

    @Test
    void whatIsAskedIsAnsweredByAConnectionThatIsNew() throws IOException {
        now(far.ping());
        relay.strand();

        assertThat(far.results().store(success(), NOW)).succeedsWithin(SOON);
        assertThat(far.ping()).succeedsWithin(SOON);
        assertThat(redis.ask("EXISTS", "celery-task-meta-" + id)).isEqualTo("1");
    }

    @Test
    void aTaskThatIsWatchedIsToldThoughNobodyAsks() {
        now(far.results().watch(id, told::add));
        now(far.ping());
        relay.strand();

        now(near.results().store(success(), NOW));

        await().atMost(SOON).until(() -> !told.isEmpty());
    }

    @Test
    void connectionsThatAreAliveStayHoweverLittleIsAsked() throws IOException {
        now(far.results().watch(id, told::add));
        now(far.ping());

        // one that a busy machine keeps from its answers for a while may be given up: the next ones stay
        await().atMost(SOON).until(() -> stayedFor(Duration.ofSeconds(3)));
    }

    /// Whether the same two have been seen at each look since.
    private boolean stayedFor(Duration time) throws IOException {
        var now = connections();
        if (now.size() != 2 || !now.equals(seen)) {
            seen = now;
            seenSince = System.nanoTime();
        }
        return now.size() == 2 && System.nanoTime() - seenSince > time.toNanos();
    }

    @Test
    void aResultThatCannotBeReadAtFirstIsReadLater() throws IOException {
        redis.ask("ACL", "SETUSER", "app", "on", ">x", "~*", "&*", "+@all", "-get");
        now(near.results().store(success(), NOW));
        try (var blind = store(redis.uri().replace("redis://", "redis://app:x@"))) {
            now(blind.results().watch(id, told::add));
            assertThat(told).isEmpty();

            redis.ask("ACL", "SETUSER", "app", "+get");
            await().atMost(SOON).until(() -> !told.isEmpty());
        }
    }

    private List<String> connections() throws IOException {
        return redis.ask("CLIENT", "LIST")
                .lines()
                .filter(line -> !line.contains("cmd=client|list"))
                .map(line -> line.replaceFirst(" .*", ""))
                .sorted()
                .toList();
    }

    private StoredResult success() {
        return new StoredResult(ResultMessage.success(id, IntNode.valueOf(3)), null, null);
    }

    private static ResultStore store(String uri) {
        return RedisStoreProvider.on(
                new RedisConnection(RedisAddress.of(uri), TlsFiles.NONE, new Pulse(Duration.ofMillis(200), 3)));
    }
}
