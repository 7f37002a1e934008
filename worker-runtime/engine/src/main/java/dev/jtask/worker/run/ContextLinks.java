package dev.jtask.worker.run;

import static java.util.Objects.requireNonNull;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.PublishException;
import dev.jtask.protocol.flow.Inheritance;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a task's context can do, on behalf of one job.
final class ContextLinks implements TaskContext.Links {

    private final Job job;
    private final Dispatch dispatch;
    private final Errands errands;
    private final Emission emission;
    private final Clock clock;

    ContextLinks(Job job, Dispatch dispatch, Errands errands, Emission emission, Clock clock) {
        this.emission = emission;
        this.job = job;
        this.dispatch = dispatch;
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
        // one of which nothing says where it goes is sent to the queue that this task came from
        var addressed = dispatch.addressed(request, job.delivery().queue());
        var id = UUID.randomUUID().toString();
        var root = parent.rootId();
        var message = addressed
                .message(id, clock.instant())
                .rootId(root == null ? parent.id() : root)
                .parentId(parent.id())
                .customHeaders(Inheritance.inherit(
                        parent.customHeaders(), addressed.options().headers()))
                .origin(parent.origin())
                .build();
        var routed = new Routed(requireNonNull(addressed.options().route()), message);
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
