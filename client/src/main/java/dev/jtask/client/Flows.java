package dev.jtask.client;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.backend.ChordCounter;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Patience;
import dev.jtask.broker.TaskSender;
import dev.jtask.client.result.GroupHandle;
import dev.jtask.client.result.Replies;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.protocol.flow.Launcher;
import dev.jtask.protocol.flow.Lineage;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.flow.Usual;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.PublishRetry;
import dev.jtask.task.request.Signatures;
import dev.jtask.task.request.Step;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Starts work flows: chains, groups and chords.
final class Flows {

    /// The last task of a flow or of a group's member, when it is due, and whether somebody may wait for it.
    private record Last(String id, String queue, Type type, Instant due, boolean awaited) {}

    private final TaskSender sender;
    private final Outgoing usual;
    private final Replies replies;
    private final Clock clock;
    private final AfterCommit transactions;
    private final String defaultQueue;
    private final String origin;
    private final Duration patience;

    /// @param patience how long the broker may take for a message, and a result backend to get ready for a chord
    Flows(
            TaskSender sender,
            ClientPorts ports,
            AfterCommit transactions,
            String defaultQueue,
            String origin,
            Duration patience) {
        this.sender = sender;
        this.usual = ports.sender();
        this.replies = ports.replies();
        this.clock = ports.clock();
        this.transactions = transactions;
        this.defaultQueue = defaultQueue;
        this.origin = origin;
        this.patience = patience;
    }

    /// Sends the first step; the handle is the last one's.
    <T> TaskHandle<T> start(Step<T> step) {
        var signature = Signatures.awaited(step, replies.address());
        return this.<T>launch(signature, List.of(last(signature, step)), FlowTasks.publishRetry(step))
                .get(0);
    }

    <T> GroupHandle<T> start(Group<T> group) {
        var id = UUID.randomUUID().toString();
        var signature = Signatures.awaited(group, replies.address()).with("task_id", TextNode.valueOf(id));
        var last = new ArrayList<Last>();
        for (int i = 0; i < group.members().size(); i++) {
            last.add(last(signature.members().get(i), group.members().get(i)));
        }
        return replies.group(id, launch(signature, last, FlowTasks.publishRetry(group)));
    }

    private Last last(Signature signature, Step<?> step) {
        var id = signature.id();
        if (id == null) {
            throw new IllegalArgumentException(
                    "a flow that ends in a group has no single result; let one more task collect the group's results");
        }
        var queue = signature.text("queue");
        return new Last(
                id,
                queue == null ? defaultQueue : queue,
                step.resultType(),
                FlowTasks.due(step, clock.instant()),
                FlowTasks.isAwaited(step));
    }

    private <T> List<TaskHandle<T>> launch(Signature signature, List<Last> last, PublishRetry retry) {
        if (signature.counts() && replies.chords().isEmpty()) {
            throw new UnsupportedOperationException(
                    "a chord needs a result backend that counts its parts, and this client has rpc://; build it with "
                            + "resultBackend(\"redis://…\"), the workers' backend");
        }
        var plan = new Plan();
        new Launcher(Lineage.none(replies.address(), origin, task -> new Usual(defaultQueue, 0)), plan, clock.instant())
                .launch(signature, List.of());
        var handles = last.stream().map(this::<T>handle).toList();
        var tries = Patience.of(retry, patience);
        return Sending.of(handles, handles, replies, transactions, usual, way -> depart(way, plan, tries, handles))
                .await(defaultQueue);
    }

    private <T> TaskHandle<T> handle(Last last) {
        return last.awaited
                ? replies.expect(last.id, last.queue, last.type, last.due)
                : replies.expectNothing(last.id, last.queue, last.type);
    }

    private <T> CompletableFuture<List<TaskHandle<T>>> depart(
            Outgoing way, Plan plan, Patience tries, List<TaskHandle<T>> handles) {
        CompletableFuture<@Nullable Void> sent;
        try {
            replies.chords().ifPresent(chords -> plan.chords().forEach(chord -> begin(chords, chord)));
            sent = publish(sender.by(way), tries, plan.messages());
        } catch (RuntimeException e) {
            abandon(handles, e);
            return CompletableFuture.failedFuture(e);
        }
        return sent.handle((done, failure) -> {
            if (failure == null) {
                return handles;
            }
            var cause = Continuations.cause(failure);
            var known = cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
            abandon(handles, known);
            throw known;
        });
    }

    private <T> void abandon(List<TaskHandle<T>> handles, RuntimeException cause) {
        handles.forEach(handle -> replies.abandon(handle, cause));
    }

    private void begin(ChordCounter chords, Plan.Chord chord) {
        try {
            chords.begin(chord).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the chord was sent", e);
        } catch (ExecutionException e) {
            var cause = Continuations.cause(e);
            throw new IllegalStateException("nothing was sent: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "nothing was sent: the result backend did not take the chord's size within %s; is it up?"
                            .formatted(patience),
                    e);
        }
    }

    /// All in flight at once; the first that fails is the failure of all.
    private CompletableFuture<@Nullable Void> publish(TaskSender by, Patience tries, List<Routed> messages) {
        var sent = messages.stream().map(message -> by.send(message, tries)).toList();
        var all = CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
        for (var each : sent) {
            var ignored = each.whenComplete((done, failure) -> {
                if (failure != null) {
                    all.completeExceptionally(failure);
                }
            });
        }
        return all;
    }
}
