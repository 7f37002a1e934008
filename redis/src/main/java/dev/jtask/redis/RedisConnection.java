package dev.jtask.redis;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreServer;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.tls.TlsFiles;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection for commands and one for channels, each opened when it is first needed. A command that finds no
/// server fails and the next one tries again; channels are tried until they are there. Once a connection stood, Lettuce
/// brings it back after a loss, and what is asked meanwhile waits; so it is where nothing comes from the server any
/// more, and where the server says that it is not the one to write to.
final class RedisConnection implements StoreServer {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);

    /// Nobody is there to be left; the answer comes where a ping would not be allowed, besides subscriptions.
    private static final String NOBODY = "jtask-pulse";

    /// Whoever may store results may write to this key; no task has this id.
    private static final String NO_RESULT = StoredResult.key("jtask-pulse");

    private final RedisAddress address;
    private final RedisDoor door;
    private final RedisFailures failures;
    private final LargeValues large;
    private final Pace pace = new Pace();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> commands;
    private @Nullable CompletableFuture<StatefulRedisPubSubConnection<String, String>> channels;

    RedisConnection(RedisAddress address, TlsFiles tls, Pulse pulse) {
        this.address = address;
        this.door = new RedisDoor(address, tls, pulse);
        this.failures = new RedisFailures(address, tls);
        this.large = new LargeValues(address, door, this);
    }

    RedisKeys keys() {
        return address.keys();
    }

    /// Fails with a [dev.jtask.backend.StoreException].
    <T extends @Nullable Object> CompletableFuture<T> ask(
            Function<RedisAsyncCommands<String, String>, ? extends CompletionStage<T>> question) {
        return failures.explained(commands()
                .thenCompose(connection -> question.apply(connection.async()))
                .whenComplete((answer, failure) -> heed(failure)));
    }

    /// The same for what stores values under a key.
    ///
    /// @param values of ASCII alone; may throw a [StoreRefusedException]
    <T extends @Nullable Object> CompletableFuture<T> send(
            String key,
            Supplier<String[]> values,
            BiFunction<RedisAsyncCommands<String, String>, String[], ? extends CompletionStage<T>> question) {
        String[] written;
        try {
            written = values.get();
        } catch (StoreRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        int length = Stream.of(written).mapToInt(String::length).max().orElse(0);
        CompletableFuture<T> alone = large.send(key, length, redis -> question.apply(redis, written));
        return alone == null ? ask(redis -> question.apply(redis, written)) : failures.explained(alone);
    }

    /// The same for channels.
    ///
    /// @param listener always the same one
    <T extends @Nullable Object> CompletableFuture<T> listen(
            RedisPubSubListener<String, String> listener,
            Function<RedisPubSubAsyncCommands<String, String>, ? extends CompletionStage<T>> question) {
        return failures.explained(channels(listener).thenCompose(connection -> question.apply(connection.async())));
    }

    @Override
    public CompletableFuture<Void> ping() {
        return ask(RedisAsyncCommands::ping).thenAccept(pong -> {});
    }

    /// Asks for a change of what is not there: only who may write answers well, and nothing is written.
    @Override
    public CompletableFuture<Void> writable() {
        return ask(this::change).thenAccept(nothing -> {});
    }

    @Override
    public void close() {
        door.close();
        forget();
    }

    boolean isClosed() {
        return door.isClosed();
    }

    @Override
    public String toString() {
        return address.toString();
    }

    private RedisFuture<String> change(RedisAsyncCommands<String, String> redis) {
        return redis.set(address.keys().of(NO_RESULT), "", SetArgs.Builder.xx());
    }

    private void heed(@Nullable Throwable failure) {
        if (failure != null
                && RedisFailures.isElsewhere(failure)
                && !isClosed()
                && leaving.compareAndSet(false, true)) {
            LOG.warn("{}; connecting anew", failures.explained(failure).getMessage());
            leave();
        }
    }

    private static void quit(StatefulRedisConnection<String, String> connection) {
        var ignored = connection.async().quit();
    }

    /// Lettuce brings back what the server ends, to whoever has the name by then, and asks again what has no
    /// answer. The channels follow once the right server is found: those of another tell nothing.
    private void leave() {
        var pause = pace.next(System.nanoTime());
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    var ignored = commands()
                            .thenCompose(connection -> {
                                quit(connection);
                                return change(connection.async());
                            })
                            .whenComplete((answer, failure) -> {
                                if (failure != null && RedisFailures.isElsewhere(failure) && !isClosed()) {
                                    leave();
                                } else {
                                    follow();
                                }
                            });
                });
    }

    private synchronized void follow() {
        leaving.set(false);
        if (channels != null) {
            var ignored = channels.thenCompose(connection -> connection.async().quit());
        }
    }

    private synchronized void forget() {
        commands = null;
        channels = null;
    }

    private synchronized CompletableFuture<StatefulRedisConnection<String, String>> commands() {
        var present = commands;
        if (present == null || present.isCompletedExceptionally()) {
            present = door.lasting(
                    RedisClient::connectAsync, connection -> connection.async().ping());
            commands = present;
        }
        return present;
    }

    private synchronized CompletableFuture<StatefulRedisPubSubConnection<String, String>> channels(
            RedisPubSubListener<String, String> listener) {
        var present = channels;
        if (present == null) {
            present = channels(0).thenApply(connection -> {
                connection.addListener(listener);
                return connection;
            });
            channels = present;
        }
        return present;
    }

    /// @param times that it was tried in vain
    private CompletableFuture<StatefulRedisPubSubConnection<String, String>> channels(int times) {
        var opened = door.lasting(
                RedisClient::connectPubSubAsync,
                connection -> connection.async().unsubscribe(NOBODY));
        return opened.exceptionallyCompose(failure -> {
            if (isClosed()) {
                return CompletableFuture.failedFuture(failure);
            }
            var pause = Pace.PAUSES.after(times + 1);
            LOG.warn("{}; trying again in {} ms", failures.explained(failure).getMessage(), pause.toMillis());
            var later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
            return CompletableFuture.runAsync(() -> {}, later).thenCompose(over -> channels(times + 1));
        });
    }
}
