package dev.jtask.worker;

import dev.jtask.schedule.Schedule;
import dev.jtask.worker.app.schedule.SchedulePlan;
import dev.jtask.worker.execution.Interceptor;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.registry.Lambda;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Makes a worker inside another program; each option is the `JTASK_*` variable of the same name, with its default.
public final class WorkerBuilder {

    private final Map<String, String> variables = new HashMap<>();
    private final List<TaskDefinition> tasks = new ArrayList<>();
    private final List<Interceptor> interceptors = new ArrayList<>();

    private SchedulePlan plan = SchedulePlan.NONE;

    WorkerBuilder() {}

    /// `amqp://` or `amqps://user:password@host:port/vhost`.
    public WorkerBuilder broker(String uri) {
        return variable("JTASK_BROKER_URI", uri);
    }

    /// Consumed in this order of preference.
    public WorkerBuilder queues(String... names) {
        return variable("JTASK_QUEUES", String.join(",", names));
    }

    /// Tasks that run at once, 1 to 10,000.
    public WorkerBuilder concurrency(int slots) {
        return variable("JTASK_CONCURRENCY", Integer.toString(slots));
    }

    /// How long running tasks may finish after [Worker#stop()].
    public WorkerBuilder drainTimeout(Duration timeout) {
        return variable("JTASK_DRAIN_TIMEOUT", timeout.toMillis() + "ms");
    }

    /// Of health and metrics; 0 takes any free one.
    public WorkerBuilder httpPort(int port) {
        return variable("JTASK_HTTP_PORT", Integer.toString(port));
    }

    /// Unique among all workers of a broker.
    public WorkerBuilder nodeName(String name) {
        return variable("JTASK_NODE_NAME", name);
    }

    /// `rpc://`, `redis://host:6379/0` or `disabled`.
    public WorkerBuilder resultBackend(String uri) {
        return variable("JTASK_RESULT_BACKEND", uri);
    }

    /// Any option by the name of its variable.
    public WorkerBuilder variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /// The annotated methods of this object.
    public WorkerBuilder tasks(Object instance) {
        tasks.addAll(TaskClasses.of(instance));
        return this;
    }

    /// The annotated methods of this class, each run on an instance from the supplier, which may be a container's.
    public <T> WorkerBuilder tasks(Class<T> type, Supplier<? extends T> instances) {
        tasks.addAll(TaskClasses.of(type, instances));
        return this;
    }

    /// A task that was defined by hand.
    public WorkerBuilder task(TaskDefinition definition) {
        tasks.add(definition);
        return this;
    }

    /// A lambda with one parameter.
    public <A> WorkerBuilder task(String name, Class<A> first, Lambda.One<A> code) {
        return task(Lambda.task(name, first, code));
    }

    /// A lambda with two parameters.
    public <A, B> WorkerBuilder task(String name, Class<A> first, Class<B> second, Lambda.Two<A, B> code) {
        return task(Lambda.task(name, first, second, code));
    }

    /// Runs around every task, inside those that were added before.
    public WorkerBuilder interceptor(Interceptor interceptor) {
        interceptors.add(interceptor);
        return this;
    }

    /// What this process also sends by the clock; of all that share the name one sends.
    public WorkerBuilder schedules(String name, Schedule... schedules) {
        plan = new SchedulePlan(name, List.of(schedules));
        return this;
    }

    /// @throws IllegalArgumentException when an option is wrong, or two tasks or two schedules have one name
    /// @throws IOException when the health server cannot listen
    public Worker start() throws IOException {
        return new Worker(WorkerOptions.fromEnvironment(variables), tasks, interceptors, plan).start();
    }
}
