package dev.jtask.redis;

import static dev.jtask.redis.Answers.failure;
import static dev.jtask.redis.Answers.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.backend.ChordCounter.Part;
import dev.jtask.backend.Claims;
import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStores;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.testing.RedisNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Values that a server takes, late, or never.
@SuppressWarnings("NullAway.Init")
class LargeValuesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int MEGABYTE = 1 << 20;

    private static RedisNode redis;

    private final String id = UUID.randomUUID().toString();
    private ResultStore store;

    @BeforeAll
    static void start() {
        redis = RedisNode.start("--proto-max-bulk-len", "1mb");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void open() {
        store = ResultStores.open(redis.uri());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatTheServerNeverTakesIsRefusedAndCutsNobodyOff() throws IOException {
        now(store.ping());
        // those of the tests before may be on their way out
        var before = await("no connection but ours").atMost(SOON).until(LargeValuesIT::others, all -> all.size() == 1);
        var refused = store.results().store(success(id, 2 * MEGABYTE), NOW);
        var small = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 100; i++) {
            small.add(store.results().store(success(id + i, 10), NOW));
        }

        assertThat(small).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(failure(refused)).isInstanceOf(StoreRefusedException.class).hasMessageContaining(redis.uri());
        await("the connection of all others is the only one, and the same")
                .atMost(SOON)
                .until(() -> others().equals(before));
        assertThat(redis.ask("EXISTS", "celery-task-meta-" + id)).isEqualTo("0");
    }

    @Test
    void whatFailsForItsSizeIsFollowedByItsFailure() {
        var refused = store.results().store(success(id, 2 * MEGABYTE), NOW);
        var error = RemoteError.celery("OperationalError", "too large");
        now(store.results()
                .store(new StoredResult(ResultMessage.error(id, TaskState.FAILURE, error, null), null, null), NOW));

        assertThat(failure(refused)).isInstanceOf(StoreRefusedException.class);
        assertThat(now(store.results().read(List.of(id))))
                .hasEntrySatisfying(id, kept -> assertThat(kept.status()).isEqualTo(TaskState.FAILURE));
    }

    @Test
    void aLargeValueThatIsTakenIsNotOvertakenByASmallOne() {
        var large = ResultMessage.of(id, "PROGRESS", TextNode.valueOf("x".repeat(MEGABYTE - 10_000)));
        var first = store.results().store(new StoredResult(large, null, null), NOW);
        var second = store.results()
                .store(new StoredResult(ResultMessage.of(id, "LATER", TextNode.valueOf("x")), null, null), NOW);

        assertThat(first).succeedsWithin(SOON);
        assertThat(second).succeedsWithin(SOON);
        assertThat(now(store.results().read(List.of(id))))
                .hasEntrySatisfying(id, kept -> assertThat(kept.status()).isEqualTo("LATER"));
    }

    @Test
    void partsOfChordsAndWhatIsKeptForAKeyAreRefusedToo() {
        var value = TextNode.valueOf("x".repeat(2 * MEGABYTE));
        var holder = new Claims.Holder("t.x", id, "task", "owner");
        now(store.claims().claim(holder, Duration.ofMinutes(1), NOW));

        assertThat(failure(store.chords().add(new Part(id, 0, "a", TaskState.SUCCESS, value))))
                .isInstanceOf(StoreRefusedException.class);
        assertThat(failure(store.claims().change(holder, new Claims.Change.Ended(value, Duration.ofMinutes(1)))))
                .isInstanceOf(StoreRefusedException.class);
    }

    @Test
    void aServerThatEndsTheConnectionWithoutAWordRefusesToo() throws IOException {
        try (var own = RedisNode.start("--client-query-buffer-limit", "1mb");
                var strict = ResultStores.open(own.uri())) {
            assertThat(failure(strict.results().store(success(id, 2 * MEGABYTE), NOW)))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining(own.uri() + " ends the connection when it is sent a value of 209")
                    .hasMessageContaining("client-query-buffer-limit");
        }
    }

    @Test
    void aServerThatIsAwayRefusesNothing() throws IOException {
        try (var own = RedisNode.start();
                var away = ResultStores.open(own.uri())) {
            now(away.ping());
            own.stop();
            assertThat(failure(away.results().store(success(id, 2 * MEGABYTE), NOW)))
                    .isInstanceOf(StoreUnavailableException.class);
            own.startAgain();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(away.results().store(success(id, 2 * MEGABYTE), NOW))
                            .succeedsWithin(SOON));
            assertThat(now(away.results().read(List.of(id)))).containsKey(id);
        }
    }

    private static List<String> others() throws IOException {
        return redis.ask("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" age=") && !line.contains("cmd=client|list"))
                .map(line -> line.replaceFirst(" .*", ""))
                .toList();
    }

    private static StoredResult success(String id, int size) {
        return new StoredResult(ResultMessage.success(id, TextNode.valueOf("x".repeat(size))), null, null);
    }
}
