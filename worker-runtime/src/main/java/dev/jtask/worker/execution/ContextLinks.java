package dev.jtask.worker.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskRequest;
import dev.jtask.client.canvas.Routed;
import dev.jtask.client.canvas.Tracing;
import dev.jtask.protocol.TaskMessage;
import dev.jtask.protocol.TypedJson;
import dev.jtask.worker.TaskContext;
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
        var queue = request.queue();
        if (queue == null) {
            queue = definition == null || definition.options().queue() == null
                    ? invocation.received().queue()
                    : definition.options().queue();
        }
        var json = TypedJson.mapper();
        var args = json.createArrayNode();
        request.args().forEach(value -> args.add(json.<JsonNode>valueToTree(value)));
        var kwargs = json.createObjectNode();
        request.kwargs().forEach((name, value) -> kwargs.set(name, json.<JsonNode>valueToTree(value)));
        var id = UUID.randomUUID().toString();
        var root = parent.rootId();
        var message = TaskMessage.builder(id, request.task())
                .args(args)
                .kwargs(kwargs)
                .rootId(root == null ? parent.id() : root)
                .parentId(parent.id())
                .eta(request.eta())
                .expires(request.expires())
                .priority(
                        request.priority() == 0 && definition != null
                                ? definition.options().priority()
                                : request.priority())
                .ignoreResult(request.ignoreResult())
                .customHeaders(Tracing.inherit(parent.customHeaders(), request.headers()))
                .origin(parent.origin())
                .build();
        invocation.attempt().handling().send(new Routed(queue, message));
        invocation.attempt().children().add(id);
        return id;
    }
}
