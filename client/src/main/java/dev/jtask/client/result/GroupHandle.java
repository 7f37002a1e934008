package dev.jtask.client.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The tasks of a [dev.jtask.task.request.Group] that was sent, in their order. Safe for any thread.
///
/// @param <T> the result of each
public final class GroupHandle<T> {

    private final String id;
    private final List<TaskHandle<T>> members;

    GroupHandle(String id, List<TaskHandle<T>> members) {
        this.id = id;
        this.members = List.copyOf(members);
    }

    /// The id that the tasks of the group share in their messages.
    public String id() {
        return id;
    }

    /// In the order in which they were given to the [dev.jtask.task.request.Group].
    public List<TaskHandle<T>> members() {
        return members;
    }

    /// How many have ended, whether well or not; of those that were sent without a reply nobody hears.
    public int completed() {
        return (int) members.stream().filter(TaskHandle::isReady).count();
    }

    /// Waits for all results.
    ///
    /// @param timeout for all together
    /// @throws TaskFailedException when one of them failed or was revoked
    /// @throws TaskTimeoutException naming the first that is not there in time
    public List<T> get(Duration timeout) {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        var results = new ArrayList<T>(members.size());
        for (var member : members) {
            results.add(member.get(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        }
        return results;
    }

    /// All results as a future; it fails with the first failure.
    public CompletableFuture<List<T>> onComplete() {
        var each = members.stream().map(TaskHandle::onComplete).toList();
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(done -> each.stream().map(CompletableFuture::join).toList());
    }

    /// Revokes each; see [TaskHandle#revoke].
    public void revoke() {
        members.forEach(TaskHandle::revoke);
    }
}
