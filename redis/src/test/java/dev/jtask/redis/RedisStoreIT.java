package dev.jtask.redis;

import static dev.jtask.redis.Answers.failure;
import static dev.jtask.redis.Answers.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStores;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.backend.StoredPieces;
import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.PieceMark;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.testing.RedisNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Results in a real Redis, that is there, away, and not to be logged in to.
@SuppressWarnings("NullAway.Init")
class RedisStoreIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static RedisNode redis;

    private final String id = UUID.randomUUID().toString();
    private final ConcurrentLinkedQueue<ResultMessage> told = new ConcurrentLinkedQueue<>();
    private ResultStore store;

    @BeforeAll
    static void start() {
        redis = RedisNode.start();
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
    void keepsASuccessForADayInCelerysKey() throws IOException {
        save(store, state(TaskState.STARTED));
        save(store, success(3));
        save(store, state(TaskState.RETRY));

        assertThat(now(store.results().read(List.of(id, "unknown"))))
                .containsOnlyKeys(id)
                .hasEntrySatisfying(id, result -> {
                    assertThat(result.status()).isEqualTo(TaskState.SUCCESS);
                    assertThat(result.result()).isEqualTo(IntNode.valueOf(3));
                });
        assertThat(redis.ask("TTL", "celery-task-meta-" + id)).matches("86[34]\\d\\d");
        assertThat(now(store.results().read(List.of()))).isEmpty();
    }

    @Test
    void keepsResultsUnderAPrefixAndForAsLongAsItsUriSays() throws IOException {
        var uri = redis.uri() + "?global_keyprefix=shop&result_expires=";
        try (var brief = ResultStores.open(uri + "60");
                var lasting = ResultStores.open(uri + "0")) {
            now(brief.results().watch(id, told::add));
            save(brief, success(3));

            assertThat(redis.ask("TTL", "shop_celery-task-meta-" + id)).matches("[3-6]\\d");
            assertThat(now(lasting.results().read(List.of(id)))).containsOnlyKeys(id);
            await().atMost(SOON).until(() -> !told.isEmpty());
            assertThat(now(store.results().read(List.of(id)))).isEmpty();

            save(lasting, state(TaskState.STARTED));
            redis.ask("DEL", "shop_celery-task-meta-" + id);
            save(lasting, success(4));
            assertThat(redis.ask("TTL", "shop_celery-task-meta-" + id)).isEqualTo("-1");
        }
    }

    @Test
    void tellsWhatIsThereAndWhatComes() {
        save(store, state(TaskState.STARTED));
        now(store.results().watch(id, told::add));
        await().atMost(SOON).until(() -> told.size() == 1);

        save(store, success(3));

        await().atMost(SOON).until(() -> told.size() == 2);
        assertThat(told).extracting(ResultMessage::status).containsExactly(TaskState.STARTED, TaskState.SUCCESS);
    }

    @Test
    void saysOfAStateWhetherItWasThereOrCame() {
        var found = new ConcurrentLinkedQueue<ResultMessage>();
        save(store, state(TaskState.STARTED));
        now(store.results().watch(id, new StoredResults.Watcher() {
            @Override
            public void told(ResultMessage result) {
                told.add(result);
            }

            @Override
            public void found(ResultMessage result) {
                found.add(result);
            }
        }));
        await().atMost(SOON).until(() -> found.size() == 1);

        save(store, success(3));
        await().atMost(SOON).until(() -> told.size() == 1);
        assertThat(found).hasSize(1);
    }

    @Test
    void whatWaitsForASignalIsKnownADayLongerThanItWaits() throws IOException {
        save(store, ResultMessage.waiting(id, "approval", NOW.plus(Duration.ofDays(2))));
        assertThat(redis.ask("TTL", "celery-task-meta-" + id)).matches("259[12]\\d\\d");

        save(store, ResultMessage.waiting(id, "approval", Instant.MAX));
        assertThat(redis.ask("TTL", "celery-task-meta-" + id))
                .as("14 days, after which it says so again")
                .matches("129[56]\\d\\d\\d");
        save(store, success(3));
        assertThat(redis.ask("TTL", "celery-task-meta-" + id)).matches("86[34]\\d\\d");
    }

    @Test
    void aReaderMayBeginBehindThePiecesThatAreThere() {
        var pieces = store.pieces();
        assertThat(now(pieces.end(id))).isEqualTo(StoredPieces.START);
        now(pieces.add(piece(1)));
        now(pieces.add(piece(2)));
        var end = now(pieces.end(id));
        assertThat(now(pieces.read(id, end))).isEmpty();

        now(pieces.add(piece(3)));
        assertThat(now(pieces.read(id, end))).hasSize(1);
    }

    @Test
    void tellsNothingOnceATaskWasLeft() throws IOException {
        now(store.results().watch(id, told::add));
        store.results().leave(id);

        await().atMost(SOON).until(() -> channels(redis).isEmpty());
        save(store, success(3));
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsAskedWhileTheConnectionIsLostWaitsUntilItIsBack() throws IOException {
        try (var own = RedisNode.start();
                var lost = ResultStores.open(own.uri())) {
            now(lost.results().watch(id, told::add));
            now(lost.ping());
            own.stop();
            var stored = lost.results().store(new StoredResult(success(3), null, null), NOW);
            assertThat(stored).isNotDone();
            own.startAgain();

            assertThat(stored).succeedsWithin(SOON);
            await().atMost(SOON).until(() -> !told.isEmpty());
        }
    }

    @Test
    void aUseThatFindsNoServerFailsAndTheNextOneTriesAgain() throws IOException {
        try (var own = RedisNode.start();
                var early = ResultStores.open(own.uri())) {
            own.stop();
            assertThat(failure(early.ping()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("result backend %s cannot be reached: ".formatted(own.uri()))
                    .hasMessageContaining("refused")
                    .hasMessageContaining("is it up?");
            var watched = early.results().watch(id, told::add);
            var left = early.results().watch("left", told::add);
            early.results().leave("left");
            assertThat(watched).isNotDone();
            own.startAgain();

            await().atMost(SOON).until(() -> isThere(early));
            assertThat(watched).succeedsWithin(SOON);
            assertThat(left).succeedsWithin(SOON);
            await("only what is still watched")
                    .atMost(SOON)
                    .until(() -> channels(own).equals("celery-task-meta-" + id));
            save(early, success(3));
            await().atMost(SOON).until(() -> !told.isEmpty());
        }
    }

    @Test
    void whatStillWaitsFailsWhenTheStoreIsClosed() {
        try (var own = RedisNode.start()) {
            var closing = ResultStores.open(own.uri());
            now(closing.ping());
            own.stop();
            var stored = closing.results().store(new StoredResult(success(3), null, null), NOW);
            closing.close();
            closing.close();

            assertThat(failure(stored))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(own.uri());
            assertThat(failure(closing.ping())).hasMessage("result backend %s is closed".formatted(own.uri()));
            assertThat(failure(closing.results().watch(id, told::add))).hasMessageContaining("is closed");
        }
    }

    @Test
    void logsInWithAnyCharacterAndNeverShowsThePassword() throws IOException {
        var password = "a/b@c?d#e^f:g%h";
        redis.ask("ACL", "SETUSER", "app", "on", ">" + password, "~*", "+@all");
        var encoded = password.replace("%", "%25");
        try (var good = ResultStores.open(uri("app:" + encoded));
                var bad = ResultStores.open(uri("app:x" + encoded));
                var nobody = ResultStores.open(uri("nobody:" + encoded))) {
            now(good.ping());
            assertThat(good.toString()).isEqualTo(redis.uri());
            assertThat(List.of(failure(bad.ping()), failure(nobody.ping()))).allSatisfy(failure -> {
                assertThat(failure)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(redis.uri() + " does not let us in: WRONGPASS")
                        .hasMessageContaining("correct user, password or permissions");
                assertThat(failure).hasStackTraceContaining("WRONGPASS");
                for (Throwable each = failure; each != null; each = each.getCause()) {
                    assertThat(each.toString()).doesNotContain("a/b@c", "f:g");
                }
            });
        }
    }

    @Test
    void saysWhichPermissionIsMissingToWatchATask() throws IOException {
        redis.ask("ACL", "SETUSER", "deaf", "on", ">x", "~*", "resetchannels", "+@all");
        try (var deaf = ResultStores.open(uri("deaf:x"))) {
            now(deaf.ping());
            assertThat(failure(deaf.results().watch(id, told::add))).hasMessageContaining("does not let us in: NOPERM");
        }
    }

    @Test
    void tellsWhatWillNotWorkLaterFromWhatMay() throws IOException {
        redis.ask("LPUSH", "celery-task-meta-" + id, "foreign");
        assertThat(failure(store.results().store(new StoredResult(success(3), null, null), NOW)))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining(redis.uri() + " refuses: WRONGTYPE");

        JsonNode deep = IntNode.valueOf(1);
        for (int i = 0; i < 1_100; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        var unwritable = new StoredResult(ResultMessage.success("deep", deep), null, null);
        assertThat(failure(store.results().store(unwritable, NOW)))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("result of task deep is not JSON");

        redis.ask("CONFIG", "SET", "maxmemory", "1");
        try {
            assertThat(failure(store.results()
                            .store(
                                    new StoredResult(ResultMessage.success("oom", IntNode.valueOf(1)), null, null),
                                    NOW)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(redis.uri() + " answers: OOM");
        } finally {
            redis.ask("CONFIG", "SET", "maxmemory", "0");
        }
    }

    @Test
    void refusesAWrongUriWhenItIsOpened() {
        assertThatThrownBy(() -> ResultStores.open("redis://:hunter2@"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write it as redis://")
                .hasMessageNotContaining("hunter2");
    }

    private void save(ResultStore into, ResultMessage result) {
        now(into.results().store(new StoredResult(result, null, null), NOW));
    }

    private ResultMessage state(String state) {
        return ResultMessage.of(id, state, NullNode.instance);
    }

    private ResultMessage piece(int number) {
        return new EmittedPiece(new PieceMark("run", 1, number), IntNode.valueOf(number)).message(id);
    }

    private ResultMessage success(int value) {
        return ResultMessage.success(id, IntNode.valueOf(value));
    }

    private static String uri(String login) {
        return redis.uri().replace("redis://", "redis://" + login + "@");
    }

    private static String channels(RedisNode node) throws IOException {
        return node.ask("PUBSUB", "CHANNELS", "celery-task-meta-*");
    }

    private static boolean isThere(ResultStore store) {
        return store.ping().handle((pong, failure) -> failure == null).join();
    }
}
