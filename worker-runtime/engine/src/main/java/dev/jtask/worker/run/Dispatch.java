package dev.jtask.worker.run;

import dev.jtask.protocol.flow.Usual;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskRegistry;

/// How a worker sends a task, whatever sends it: another task, what follows of one, or the clock. The one place
/// that knows: configuration first, then the task's own options.
public record Dispatch(Routes routes, TaskRegistry registry) {

    /// @param queue of a task of which nothing says where it goes
    public Usual usual(String task, String queue) {
        var definition = registry.find(task);
        var own = definition == null ? null : definition.options().queue();
        return new Usual(
                routes.queueFor(task).orElse(own == null ? queue : own),
                definition == null ? 0 : definition.options().priority());
    }

    /// With a route and a priority where the request has none.
    ///
    /// @param queue of a task of which nothing says where it goes
    public <T> TaskRequest<T> addressed(TaskRequest<T> request, String queue) {
        var usual = usual(request.task(), queue);
        var options = request.options();
        var routed = options.route() == null ? request.queue(usual.queue()) : request;
        return options.priority() == 0 && usual.priority() != 0 ? routed.priority(usual.priority()) : routed;
    }
}
