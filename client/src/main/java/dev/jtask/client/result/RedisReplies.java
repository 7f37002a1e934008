package dev.jtask.client.result;

import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Results from Celery's Redis backend: told of by a channel for each task, and read from the task's key whenever the
/// channel was subscribed to, first or again after a loss, so that none is missed in between.
public final class RedisReplies implements Replies {

    private static final Logger LOG = LoggerFactory.getLogger(RedisReplies.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final String address = UUID.randomUUID().toString();
    private final Waiting waiting = new Waiting();
    private final RedisClient client;
    private final RedisAsyncCommands<String, String> redis;
    private final RedisPubSubAsyncCommands<String, String> channels;

    private RedisReplies(
            RedisClient client,
            RedisAsyncCommands<String, String> redis,
            RedisPubSubAsyncCommands<String, String> channels) {
        this.client = client;
        this.redis = redis;
        this.channels = channels;
    }

    /// @throws IOException naming the server when it cannot be reached
    public static RedisReplies open(String uri) throws IOException {
        var client = RedisClient.create(RedisURI.create(uri));
        try {
            var channels = client.connectPubSub(StringCodec.UTF8);
            var replies =
                    new RedisReplies(client, client.connect(StringCodec.UTF8).async(), channels.async());
            channels.addListener(replies.new Listener());
            return replies;
        } catch (RedisException e) {
            client.shutdown(Duration.ZERO, CLOSE);
            throw new IOException("cannot connect to the result backend: " + e.getMessage(), e);
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void expect(TaskHandle<?> handle) {
        waiting.add(handle, Instant.now()).forEach(this::leave);
        var _ = channels.subscribe(StoredResult.key(handle.id()));
    }

    @Override
    public void abandon(TaskHandle<?> handle, RuntimeException cause) {
        waiting.abandon(handle, cause);
        leave(handle.id());
    }

    @Override
    public Optional<Chords> chords() {
        return Optional.of(this::begin);
    }

    @Override
    public void close() {
        waiting.abandonAll("the client was closed before the result came");
        client.shutdown(Duration.ZERO, CLOSE);
    }

    private CompletableFuture<?> begin(Plan.Chord chord) {
        return CompletableFuture.allOf(chord.stored().entrySet().stream()
                .map(entry -> redis.setex(entry.getKey(), StoredResult.KEPT_SECONDS, entry.getValue())
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private void leave(String task) {
        var _ = channels.unsubscribe(StoredResult.key(task));
    }

    private void receive(String json) {
        ResultMessage result;
        try {
            result = StoredResult.read(json);
        } catch (IOException e) {
            LOG.warn("ignoring a value in Redis that is no result: {}", e.getMessage());
            return;
        }
        if (waiting.report(result) && TaskState.isReady(result.status())) {
            leave(result.taskId());
        }
    }

    private final class Listener extends RedisPubSubAdapter<String, String> {

        @Override
        public void subscribed(String channel, long count) {
            var _ = redis.get(channel).thenAccept(this::stored);
        }

        @Override
        public void message(String channel, String json) {
            receive(json);
        }

        private void stored(@Nullable String json) {
            if (json != null) {
                receive(json);
            }
        }
    }
}
