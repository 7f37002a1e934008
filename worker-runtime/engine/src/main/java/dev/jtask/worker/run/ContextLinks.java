package dev.jtask.worker.run;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.PublishException;
import dev.jtask.protocol.flow.Inheritance;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a task's context can do, on behalf of one job.
final class ContextLinks implements TaskContext.Links {

    private final Job job;
    private final TaskRegistry registry;
    private final Errands errands;
    private final Emission emission;
    private final Clock clock;

    ContextLinks(Job job, TaskRegistry registry, Errands errands, Emission emission, Clock clock) {
        this.emission = emission;
        this.job = job;
        this.registry = registry;
        this.errands = errands;
        this.clock = clock;
    }

    @Override
    public boolean isCancelled() {
        return job.cause() != null;
    }

    @Override
    public void report(String state, @Nullable Object meta) {
        errands.report(job, state, meta);
    }

    @Override
    public void emit(@Nullable Object piece) {
        emission.emit(piece);
    }

    @Override
    public String send(TaskRequest<?> request) {
        var parent = job.message();
        var definition = registry.find(request.task());
        var options = request.options();
        var id = UUID.randomUUID().toString();
        var root = parent.rootId();
        var message = request.message(id, clock.instant())
                .rootId(root == null ? parent.id() : root)
                .parentId(parent.id())
                .priority(
                        options.priority() == 0 && definition != null
                                ? definition.options().priority()
                                : options.priority())
                .customHeaders(Inheritance.inherit(parent.customHeaders(), options.headers()))
                .origin(parent.origin())
                .build();
        var routed = new Routed(options.route() == null ? usual(definition) : options.route(), message);
        var child = new Child(id, routed);
        if (!errands.transactions().join(child)) {
            var _ = PublishException.await(routed.route().name(), child.send());
        }
        if (child.dropped) {
            throw new IllegalStateException(
                    "task %s was not sent: the transaction on this thread is rolled back, or can only be rolled back; was it longer than its time-out?"
                            .formatted(request.task()));
        }
        return id;
    }

    /// Where its worker expects the task; one that no worker here knows is sent to the queue that this task came from.
    private Route usual(@Nullable TaskDefinition definition) {
        var queue = definition == null ? null : definition.options().queue();
        return Route.toQueue(queue == null ? job.delivery().queue() : queue);
    }

    /// A task on its way, which is a child of this one once the broker has it.
    private final class Child implements AfterCommit.Send {

        private final String id;
        private final Routed message;
        private volatile boolean dropped;

        Child(String id, Routed message) {
            this.id = id;
            this.message = message;
        }

        @Override
        public CompletableFuture<?> send() {
            return errands.send(message).thenRun(() -> job.children().add(id));
        }

        @Override
        public CompletableFuture<?> send(Outgoing way) {
            return errands.sendBy(way, message).thenRun(() -> job.children().add(id));
        }

        /// Nobody waits for it once its run has gone on: that has come to nothing, or is about to.
        @Override
        public void drop() {
            dropped = true;
        }
    }
}
