package dev.jtask.client;

import dev.jtask.client.canvas.Launcher;
import dev.jtask.client.canvas.Lineage;
import dev.jtask.client.canvas.Plan;
import dev.jtask.client.canvas.Routed;
import dev.jtask.client.canvas.Signature;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Starts work flows: chains, groups and chords.
final class Flows {

    private final Sender sender;
    private final ReplyQueue replies;
    private final Workers workers;
    private final String defaultQueue;
    private final String origin;

    Flows(Sender sender, ReplyQueue replies, Workers workers, String defaultQueue, String origin) {
        this.sender = sender;
        this.replies = replies;
        this.workers = workers;
        this.defaultQueue = defaultQueue;
        this.origin = origin;
    }

    /// Sends the first step; the handle is the last one's.
    <T> TaskHandle<T> start(Step<T> step) {
        var signature = Signatures.awaited(step, replies.name());
        TaskHandle<T> handle = handle(signature, step.resultType());
        launch(signature, List.of(handle));
        return handle;
    }

    <T> GroupHandle<T> start(Group<T> group) {
        var signature = Signatures.awaited(group, replies.name());
        var handles = new ArrayList<TaskHandle<T>>();
        for (int i = 0; i < group.members().size(); i++) {
            handles.add(
                    handle(signature.members().get(i), group.members().get(i).resultType()));
        }
        launch(signature, handles);
        return new GroupHandle<>(UUID.randomUUID().toString(), handles);
    }

    private <T> TaskHandle<T> handle(Signature signature, Type type) {
        var id = signature.id();
        if (id == null) {
            throw new IllegalArgumentException(
                    "a flow that ends in a group has no single result; let one more task collect the group's results");
        }
        var queue = signature.text("queue");
        return new TaskHandle<>(id, queue == null ? defaultQueue : queue, type, workers);
    }

    private void launch(Signature signature, List<? extends TaskHandle<?>> handles) {
        if (signature.counts()) {
            throw new UnsupportedOperationException(
                    "a chord needs a result backend that counts its parts, and this client has rpc://; "
                            + "wait for the group's results and send the body with them");
        }
        var plan = new Plan();
        new Launcher(Lineage.none(replies.name(), origin, task -> defaultQueue), plan, Instant.now())
                .launch(signature, List.of());
        handles.forEach(replies::expect);
        try {
            publish(plan.messages());
        } catch (RuntimeException e) {
            handles.forEach(handle -> replies.abandon(handle, e));
            throw e;
        }
    }

    private void publish(List<Routed> messages) {
        var sent = messages.stream()
                .map(message -> sender.publish(message, PublishRetry.DEFAULT))
                .toList();
        for (int i = 0; i < sent.size(); i++) {
            sender.confirmed(messages.get(i).route().routingKey(), sent.get(i));
        }
    }
}
