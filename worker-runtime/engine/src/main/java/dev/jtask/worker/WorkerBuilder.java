package dev.jtask.worker;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.ThisHost;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.json.JacksonVersion;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.schedule.Schedule;
import dev.jtask.seal.SealOptions;
import dev.jtask.tls.TlsFiles;
import dev.jtask.worker.heart.Watch;
import dev.jtask.worker.options.RemoteAccess;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.registry.KeptQueues;
import dev.jtask.worker.registry.Lambda;
import dev.jtask.worker.registry.Lease;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.schedule.SchedulePlan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes a worker inside another program.
public final class WorkerBuilder {

    private static final AtomicInteger UNNAMED = new AtomicInteger();

    final List<TaskDefinition> tasks = new ArrayList<>();
    final List<Interceptor> interceptors = new ArrayList<>();
    SchedulePlan plan = SchedulePlan.NONE;
    AfterCommit transactions = AfterCommit.NONE;
    Watch watch = Watch.NONE;
    TaskTracing tracing = Tracing.openTelemetry();
    private UnaryOperator<String> resolved = UnaryOperator.identity();
    MeterRegistry meters = new SimpleMeterRegistry();
    private BrokerOptions broker = BrokerOptions.of("amqp://guest:guest@127.0.0.1:5672/");
    private List<String> queues = List.of("celery");
    private int concurrency = Runtime.getRuntime().availableProcessors();
    private OptionalInt prefetch = OptionalInt.empty();
    private Duration drainTimeout = Duration.ofSeconds(30);
    private @Nullable Duration consumerTimeout;
    private @Nullable String nodeName;
    private WorkerOptions.Threads threads = WorkerOptions.Threads.VIRTUAL;
    private Results results = new Results.Rpc();
    private int redeliveryLimit = 10;
    private boolean events;
    private RemoteAccess remoteAccess = RemoteAccess.FULL;
    private Routes routes = new Routes(List.of());
    private SealOptions seal = SealOptions.NONE;
    private Redaction redaction = Redaction.USUAL;
    private KeptQueues keepFailed = KeptQueues.NONE;

    WorkerBuilder() {}

    /// All options at once; those that are set afterwards win.
    public WorkerBuilder options(WorkerOptions all) {
        broker = all.broker();
        queues = all.queues();
        concurrency = all.concurrency();
        prefetch = all.prefetch();
        drainTimeout = all.drainTimeout();
        consumerTimeout = all.consumerTimeout();
        nodeName = all.nodeName();
        threads = all.threads();
        results = all.results();
        redeliveryLimit = all.redeliveryLimit();
        events = all.events();
        remoteAccess = all.remoteAccess();
        routes = all.routes();
        seal = all.seal();
        redaction = all.redaction();
        keepFailed = all.keepFailed();
        return this;
    }

    /// `amqp://` or `amqps://user:password@host:port/vhost`; `amqp://guest:guest@127.0.0.1:5672/` by default.
    ///
    /// @throws IllegalArgumentException when it is no broker URI
    public WorkerBuilder broker(String uri) {
        return broker(BrokerOptions.of(uri));
    }

    /// A broker with TLS files and a name of its own.
    public WorkerBuilder broker(BrokerOptions broker) {
        this.broker = broker;
        return this;
    }

    /// Consumed in this order of preference; `celery` by default.
    public WorkerBuilder queues(String... names) {
        queues = List.of(names);
        return this;
    }

    /// Tasks that run at once, 1 to 10,000; as many as there are processors by default.
    public WorkerBuilder concurrency(int slots) {
        concurrency = slots;
        return this;
    }

    /// How many messages it holds over all queues, 1 to 65,535; by default one for each slot when tasks are
    /// long, and more when they are short.
    public WorkerBuilder prefetch(int messages) {
        prefetch = OptionalInt.of(messages);
        return this;
    }

    /// What tasks run on; virtual threads by default.
    public WorkerBuilder threads(WorkerOptions.Threads kind) {
        threads = kind;
        return this;
    }

    /// How many workers may die of a message, or how often its task may ask for `requeue`, before it is refused:
    /// 1 or more, 10 by default.
    public WorkerBuilder redeliveryLimit(int most) {
        redeliveryLimit = most;
        return this;
    }

    /// Whether task events are sent from the start, and not only when somebody asks for them.
    public WorkerBuilder events(boolean fromTheStart) {
        events = fromTheStart;
        return this;
    }

    /// How long running tasks may finish after [Worker#stop()], 0 s to 365 days; 30 s by default.
    public WorkerBuilder drainTimeout(Duration timeout) {
        drainTimeout = timeout;
        return this;
    }

    /// How long the broker lets a delivery be unacknowledged, where its `consumer_timeout` is not the 30
    /// minutes of RabbitMQ, or where a broker since 3.12 shall be asked for it: 1 s to 365 days, or zero when it
    /// has no limit. By default a worker asks for as long as its drain timeout and the time limits of its tasks
    /// are.
    public WorkerBuilder consumerTimeout(Duration timeout) {
        consumerTimeout = timeout;
        return this;
    }

    /// Unique among all workers of a broker, 1 to 241 bytes; by default made of this process's number, of how
    /// many workers it has started, and of the host's name.
    public WorkerBuilder nodeName(String name) {
        nodeName = name;
        return this;
    }

    /// `rpc://` (the default), `redis://host:6379/0` with `dev.jtask:jtask-redis` on the class path, or
    /// `disabled`.
    ///
    /// @throws IllegalArgumentException when it is none of them
    public WorkerBuilder resultBackend(String uri) {
        results = Results.parse(uri);
        return this;
    }

    /// A result backend as [#resultBackend(String)] takes it, with PEM files for `rediss://`.
    ///
    /// @throws IllegalArgumentException when it is none
    public WorkerBuilder resultBackend(String uri, TlsFiles tls) {
        results = Results.parse(uri, tls);
        return this;
    }

    /// Queues of the tasks that this worker sends, such as `p.*=py,*.mail=mail`; the first pattern that fits
    /// wins.
    ///
    /// @throws IllegalArgumentException when a part is no `pattern=queue`
    public WorkerBuilder routes(String patterns) {
        routes = Routes.parse(patterns);
        return this;
    }

    /// Keys by which encrypted messages are read, signatures checked, and what follows from both protected in
    /// the same way; nothing by default. Needs the artifact `dev.jtask:jtask-jose`.
    public WorkerBuilder seal(SealOptions options) {
        seal = options;
        return this;
    }

    /// A regular expression for names of arguments whose values neither logs, events, traces nor dead letters show;
    /// by default the words that secrets usually have in their names.
    ///
    /// @throws IllegalArgumentException when it is none
    public WorkerBuilder redact(String names) {
        try {
            redaction = Redaction.of(names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("redact " + e.getMessage(), e);
        }
        return this;
    }

    /// Queues whose tasks are kept in `<queue>.failed` when they have failed for good, as names in which `*` is
    /// anything; by default only those of tasks with [dev.jtask.task.Task#keepFailed()].
    ///
    /// @throws IllegalArgumentException when one is blank
    public WorkerBuilder keepFailed(String... queues) {
        keepFailed = new KeptQueues(List.of(queues));
        return this;
    }

    /// What Celery's remote control may do; everything by default.
    public WorkerBuilder remoteControl(RemoteAccess access) {
        remoteAccess = access;
        return this;
    }

    /// Where the worker's meters go; into a registry of its own by default. Those that tell how it is leave it with the
    /// worker. A registry has them of one worker at a time: of two at once it tells of the first.
    public WorkerBuilder meters(MeterRegistry registry) {
        meters = registry;
        return this;
    }

    /// The annotated methods of this object.
    public WorkerBuilder tasks(Object instance) {
        tasks.addAll(TaskClasses.of(instance));
        return this;
    }

    /// The annotated methods of this class, each run on an instance from the supplier, which may be a
    /// container's.
    public <T> WorkerBuilder tasks(Class<T> type, Supplier<? extends T> instances) {
        tasks.addAll(TaskClasses.of(type, instances));
        return this;
    }

    /// The annotated methods of this class, each run on an instance that is lent for this run, and taken back at
    /// its end.
    public <T> WorkerBuilder leasedTasks(Class<T> type, Supplier<? extends Lease<? extends T>> leases) {
        tasks.addAll(TaskClasses.leased(type, leases));
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

    /// Lets what a task sends within a transaction go out after its commit; the Spring Boot starter does so by
    /// itself.
    public WorkerBuilder transactions(AfterCommit afterCommit) {
        transactions = afterCommit;
        return this;
    }

    /// What this process also sends by the clock, beside what it has of this name already; of all that share the name
    /// one sends. A task that names no queue goes where the routes say, else where its `@Task` here says, else
    /// to the first queue that this worker consumes.
    ///
    /// @throws IllegalArgumentException when there are schedules of another name
    public WorkerBuilder schedules(String name, Schedule... schedules) {
        return schedules(new SchedulePlan(name, List.of(schedules)));
    }

    /// As [#schedules(String, Schedule...)].
    public WorkerBuilder schedules(SchedulePlan more) {
        plan = plan.and(more);
        return this;
    }

    /// For the container of an application: puts its properties in place of `${…}` in the queues of tasks.
    @Internal
    public WorkerBuilder properties(UnaryOperator<String> inPlace) {
        resolved = inPlace;
        return this;
    }

    /// For the container of an application: tells of runs and of what they send, in place of OpenTelemetry.
    @Internal
    public WorkerBuilder tracing(TaskTracing by) {
        tracing = by;
        return this;
    }

    /// For `jtask-test`: tells somebody all that this worker sends and ends.
    @Internal
    public WorkerBuilder watch(Watch by) {
        watch = by;
        return this;
    }

    /// @throws IllegalArgumentException when an option is wrong, two tasks have one name, or a schedule sends what
    /// its task here would refuse
    public Worker start() {
        JacksonVersion.require();
        tasks.replaceAll(each -> each.resolved(resolved));
        var planned = new PlannedTasks(tasks);
        planned.check(plan);
        plan = planned.addressed(plan, routes, queues);
        var options = new WorkerOptions(
                broker,
                queues,
                concurrency,
                prefetch,
                drainTimeout,
                consumerTimeout,
                nodeName == null ? nextName() : nodeName,
                threads,
                results,
                redeliveryLimit,
                events,
                remoteAccess,
                routes,
                seal,
                redaction,
                keepFailed);
        return new Worker(this, options).start();
    }

    /// In containers all processes have the same number.
    private static String nextName() {
        return "jtask-%d-%d@%s".formatted(ProcessHandle.current().pid(), UNNAMED.incrementAndGet(), ThisHost.name());
    }
}
