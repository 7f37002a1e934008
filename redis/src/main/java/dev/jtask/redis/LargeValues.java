package dev.jtask.redis;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.broker.Continuations;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends large values one after the other, each on a connection of its own that does not come back after a loss: what a
/// server will never take, and ends the connection for, cuts nobody else off and is not sent again and again.
final class LargeValues {

    /// Half of what any server takes, whose smallest `proto-max-bulk-len` is 1 MB.
    private static final int LARGE = 1 << 19;

    /// A server that is there each time and ends the connection each time means the value.
    private static final int LOSSES = 3;

    private static final long PATIENCE_SECONDS = 5;

    private final RedisAddress address;
    private final RedisDoor door;
    private final RedisConnection others;
    /// So many are on their way for each key: what comes later for it must not overtake them.
    private final Map<String, Integer> underWay = new HashMap<>();

    private CompletableFuture<?> last = CompletableFuture.allOf();

    /// @param others by which the server is asked whether it is there
    LargeValues(RedisAddress address, RedisDoor door, RedisConnection others) {
        this.address = address;
        this.door = door;
        this.others = others;
    }

    /// @return null for one that needs no connection of its own
    synchronized <T extends @Nullable Object> @Nullable CompletableFuture<T> send(
            String key,
            int length,
            Function<RedisAsyncCommands<String, String>, ? extends CompletionStage<T>> question) {
        if (length <= LARGE && !underWay.containsKey(key)) {
            return null;
        }
        underWay.merge(key, 1, Integer::sum);
        var answer = last.handle((done, failure) -> length)
                .thenCompose(size -> attempt(size, question, 1))
                .whenComplete((done, failure) -> over(key));
        last = answer;
        return answer;
    }

    private synchronized void over(String key) {
        underWay.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    private <T extends @Nullable Object> CompletableFuture<T> attempt(
            int length,
            Function<RedisAsyncCommands<String, String>, ? extends CompletionStage<T>> question,
            int attempt) {
        long silences = door.silences();
        return door.once(RedisClient::connectAsync)
                .thenCompose(connection -> question.apply(connection.async())
                        .handle((answer, failure) -> {
                            var ignored = connection.closeAsync();
                            if (failure == null) {
                                return CompletableFuture.completedFuture(answer);
                            }
                            boolean cut = isCut(failure) && silences == door.silences() && !door.isClosed();
                            return cut
                                    ? cut(length, question, attempt, failure)
                                    : CompletableFuture.<T>failedFuture(failure);
                        })
                        .thenCompose(Function.identity()));
    }

    /// The server's own doing, if it is there.
    private <T extends @Nullable Object> CompletableFuture<T> cut(
            int length,
            Function<RedisAsyncCommands<String, String>, ? extends CompletionStage<T>> question,
            int attempt,
            Throwable failure) {
        return others.ping()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((pong, away) -> away == null)
                .thenCompose(there -> {
                    if (!there) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    return attempt < LOSSES
                            ? attempt(length, question, attempt + 1)
                            : CompletableFuture.failedFuture(new StoreRefusedException(
                                    "result backend %s ends the connection when it is sent a value of %d bytes; raise its proto-max-bulk-len or client-query-buffer-limit, or return less"
                                            .formatted(address, length),
                                    failure));
                });
    }

    /// Without an answer.
    private static boolean isCut(Throwable failure) {
        var cause = Continuations.cause(failure);
        return cause instanceof IOException
                || (cause instanceof RedisException && !(cause instanceof RedisCommandExecutionException));
    }
}
