package dev.jtask.test.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.backend.Claims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Idempotency keys and who has them, under the test's clock.
final class MemoryClaims implements Claims {

    private final Clock clock;
    private final Map<String, Claim> claims = new HashMap<>();

    private enum State {
        RUNNING,
        WAITING,
        ENDED
    }

    /// @param owner the run that may change it; empty once it is over
    private record Claim(
            State state,
            String taskId,
            String owner,
            Instant since,
            Instant until,
            @Nullable JsonNode value) {}

    MemoryClaims(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized CompletableFuture<Answer> claim(Holder wants, Duration lease, Instant now) {
        var held = held(key(wants));
        if (held != null && !isFor(held, wants)) {
            return CompletableFuture.completedFuture(
                    held.state() == State.ENDED ? new Answer.Ended(held.value()) : new Answer.Taken(held.since()));
        }
        claims.put(key(wants), new Claim(State.RUNNING, wants.taskId(), wants.owner(), now, now.plus(lease), null));
        return CompletableFuture.completedFuture(new Answer.Granted());
    }

    @Override
    public synchronized CompletableFuture<Void> change(Holder has, Change change) {
        var held = held(key(has));
        boolean own = held != null && held.owner().equals(has.owner());
        if (own || (held == null && change instanceof Change.Ended)) {
            change(has, held == null ? clock.instant() : held.since(), change);
        }
        return CompletableFuture.allOf();
    }

    private void change(Holder has, Instant since, Change change) {
        var now = clock.instant();
        switch (change) {
            case Change.Running(var lease) ->
                claims.put(key(has), new Claim(State.RUNNING, has.taskId(), has.owner(), since, now.plus(lease), null));
            case Change.Waiting(var time) ->
                claims.put(key(has), new Claim(State.WAITING, has.taskId(), "", since, now.plus(time), null));
            case Change.Ended(var value, var window) ->
                claims.put(key(has), new Claim(State.ENDED, has.taskId(), "", since, now.plus(window), value));
            case Change.Free() -> claims.remove(key(has));
        }
    }

    private static boolean isFor(Claim held, Holder wants) {
        return switch (held.state()) {
            case RUNNING -> held.owner().equals(wants.owner());
            case WAITING -> held.taskId().equals(wants.taskId());
            case ENDED -> false;
        };
    }

    private @Nullable Claim held(String key) {
        var claim = claims.get(key);
        return claim == null || !claim.until().isAfter(clock.instant()) ? null : claim;
    }

    private static String key(Holder holder) {
        return holder.task() + ":" + holder.key();
    }
}
