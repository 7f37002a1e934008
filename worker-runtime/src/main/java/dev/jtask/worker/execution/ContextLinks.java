package dev.jtask.worker.execution;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.flow.TraceContext;
import dev.jtask.protocol.message.Route;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a task's context can do, on behalf of one attempt.
final class ContextLinks implements TaskContext.Links {

    private final Invocation invocation;
    private final TaskRegistry registry;

    ContextLinks(Invocation invocation, TaskRegistry registry) {
        this.invocation = invocation;
        this.registry = registry;
    }

    @Override
    public boolean isCancelled() {
        return invocation.attempt().cause() != null;
    }

    @Override
    public void report(String state, @Nullable Object meta) {
        invocation.attempt().handling().report(invocation.message(), state, meta);
    }

    @Override
    public String send(TaskRequest<?> request) {
        var parent = invocation.message();
        var definition = registry.find(request.task());
        var options = request.options();
        var id = UUID.randomUUID().toString();
        var root = parent.rootId();
        var message = request.message(id)
                .rootId(root == null ? parent.id() : root)
                .parentId(parent.id())
                .priority(
                        options.priority() == 0 && definition != null
                                ? definition.options().priority()
                                : options.priority())
                .customHeaders(TraceContext.inherit(parent.customHeaders(), options.headers()))
                .origin(parent.origin())
                .build();
        invocation
                .attempt()
                .handling()
                .send(new Routed(options.route() == null ? usual(definition) : options.route(), message));
        invocation.attempt().children().add(id);
        return id;
    }

    /// Where its worker expects the task; one that no worker here knows is sent to the queue that this task came from.
    private Route usual(@Nullable TaskDefinition definition) {
        var queue = definition == null ? null : definition.options().queue();
        return Route.toQueue(queue == null ? invocation.received().queue() : queue);
    }
}
