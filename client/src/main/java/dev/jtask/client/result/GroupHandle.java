package dev.jtask.client.result;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.broker.Continuations;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/// The tasks of a [dev.jtask.task.request.Group] that was sent, in their order. Safe for any thread.
///
/// @param <T> the result of each
public final class GroupHandle<T> {

    private final String id;
    private final List<TaskHandle<T>> members;
    private final CompletableFuture<ResultMessage> over;

    /// @param over to be completed once all have ended, or one has failed
    GroupHandle(String id, List<TaskHandle<T>> members, CompletableFuture<ResultMessage> over) {
        this.id = id;
        this.members = List.copyOf(members);
        this.over = over;
        var outcomes = this.members.stream().map(TaskHandle::outcome).toList();
        for (var outcome : outcomes) {
            var ignored = outcome.whenComplete((end, failure) -> {
                if (failure != null || !end.status().equals(TaskState.SUCCESS)) {
                    end();
                }
            });
        }
        var ignored = CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                .thenRun(this::end);
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
    /// @throws TaskFailedException as soon as one of them has failed or was revoked
    /// @throws TaskTimeoutException naming the first that is not there in time
    public List<T> get(Duration timeout) {
        try {
            if (!members.isEmpty()) {
                members.get(0).await(over, timeout);
            }
        } catch (TimeoutException e) {
            members.stream().filter(member -> !isOver(member)).findFirst().ifPresent(member -> {
                throw member.late(timeout);
            });
        }
        return results();
    }

    /// All results as a future; it fails as soon as one of them has failed.
    public CompletableFuture<List<T>> onComplete() {
        members.forEach(TaskHandle::keep);
        return over.thenApplyAsync(done -> results(), Continuations.OWN_THREAD);
    }

    /// Revokes each; see [TaskHandle#revoke].
    public void revoke() {
        members.forEach(TaskHandle::revoke);
    }

    private void end() {
        over.complete(ResultMessage.success(id, NullNode.instance));
    }

    /// Of those that have ended; where that is not all, one has failed, and throws it.
    private List<T> results() {
        return members.stream()
                .filter(GroupHandle::isOver)
                .map(member -> member.get(Duration.ZERO))
                .toList();
    }

    /// Also when it was sent without a reply: that is what its result says.
    private static boolean isOver(TaskHandle<?> member) {
        return member.outcome().isDone();
    }
}
