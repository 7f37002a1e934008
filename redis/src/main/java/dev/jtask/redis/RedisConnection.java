package dev.jtask.redis;

import dev.jtask.backend.StoreServer;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.tls.TlsFiles;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection for commands and one for channels, each opened when it is first needed. A command that finds no
/// server fails and the next one tries again; channels are tried until they are there. Once a connection stood, Lettuce
/// brings it back after a loss, and what is asked meanwhile waits.
final class RedisConnection implements StoreServer {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(10);

    private final RedisAddress address;
    private final TlsFiles tls;
    private final RedisFailures failures;
    private @Nullable RedisClient client;
    private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> commands;
    private @Nullable CompletableFuture<StatefulRedisPubSubConnection<String, String>> channels;
    private boolean closed;

    RedisConnection(RedisAddress address, TlsFiles tls) {
        this.address = address;
        this.tls = tls;
        this.failures = new RedisFailures(address);
    }

    RedisKeys keys() {
        return address.keys();
    }

    /// Fails with a [dev.jtask.backend.StoreException].
    <T extends @Nullable Object> CompletableFuture<T> ask(
            Function<RedisAsyncCommands<String, String>, ? extends CompletionStage<T>> question) {
        return failures.explained(commands().thenCompose(connection -> question.apply(connection.async())));
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

    @Override
    public void close() {
        var opened = end();
        if (opened != null) {
            opened.shutdown(Duration.ZERO, CLOSE);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }

    private synchronized @Nullable RedisClient end() {
        var opened = client;
        client = null;
        commands = null;
        channels = null;
        closed = true;
        return opened;
    }

    private synchronized CompletableFuture<StatefulRedisConnection<String, String>> commands() {
        var present = commands;
        if (present == null || present.isCompletedExceptionally()) {
            present = open(RedisClient::connectAsync);
            commands = present;
        }
        return present;
    }

    private synchronized CompletableFuture<StatefulRedisPubSubConnection<String, String>> channels(
            RedisPubSubListener<String, String> listener) {
        var present = channels;
        if (present == null) {
            present = channels(FIRST_PAUSE).thenApply(connection -> {
                connection.addListener(listener);
                return connection;
            });
            channels = present;
        }
        return present;
    }

    private CompletableFuture<StatefulRedisPubSubConnection<String, String>> channels(Duration pause) {
        return open(RedisClient::connectPubSubAsync).exceptionallyCompose(failure -> {
            if (isClosed()) {
                return CompletableFuture.failedFuture(failure);
            }
            LOG.warn("{}; trying again in {} ms", failures.explained(failure).getMessage(), pause.toMillis());
            var doubled = pause.multipliedBy(2);
            var next = doubled.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : doubled;
            var later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
            return CompletableFuture.runAsync(() -> {}, later).thenCompose(over -> channels(next));
        });
    }

    private synchronized <C> CompletableFuture<C> open(Opening<C> opening) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new StoreUnavailableException("result backend %s is closed".formatted(address), null));
        }
        var present = client;
        if (present == null) {
            if (address.tls() == SslVerifyMode.NONE) {
                LOG.warn("result backend {} may be anybody: its certificate is not checked, as its URI says", address);
            }
            try {
                var options = RedisTls.options(tls);
                // kept when the connection fails: a client has threads of its own
                present = RedisClient.create();
                present.setOptions(options);
                client = present;
            } catch (IOException e) {
                return CompletableFuture.failedFuture(
                        new StoreUnavailableException("result backend %s: %s".formatted(address, e.getMessage()), e));
            }
        }
        return opening.open(present, StringCodec.UTF8, address.uri()).toCompletableFuture();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /// How Lettuce opens one kind of connection.
    private interface Opening<C> {
        CompletionStage<C> open(RedisClient client, RedisCodec<String, String> codec, RedisURI uri);
    }
}
