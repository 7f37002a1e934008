package dev.jtask.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.PublishException;
import dev.jtask.broker.Sender;
import dev.jtask.broker.TaskSender;
import dev.jtask.broker.ThisHost;
import dev.jtask.broker.talk.SentEvents;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.client.control.AmqpBroadcast;
import dev.jtask.client.control.Workers;
import dev.jtask.client.events.AmqpEvents;
import dev.jtask.client.events.Events;
import dev.jtask.client.result.GroupHandle;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.SignalMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.DeadLetters;
import dev.jtask.protocol.topology.FailedTasks;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.seal.MessageSeal;
import dev.jtask.seal.SealProvider;
import dev.jtask.seal.Seals;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.Reply;
import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Sends tasks and receives their results. Safe for any thread; two connections, one to send and one to hear, which
/// come back by themselves after a loss. Results over `rpc://` that were on their way while the connection was down are
/// lost, as with Celery; those in
/// Redis are not.
public final class TaskClient implements AutoCloseable {

    private final ClientPorts ports;
    private final MessageSeal seal;
    private final TaskSender tasks;
    private final Duration publishTimeout;
    private final Flows flows;
    private final AfterCommit transactions;
    private final Route defaultRoute;
    private final String origin;

    TaskClient(
            ClientPorts ports,
            MessageSeal seal,
            String queue,
            Duration publishTimeout,
            AfterCommit transactions,
            TaskTracing tracing) {
        this.ports = ports;
        this.seal = seal;
        this.tasks = new TaskSender(ports.sender(), TaskSender.Waiting.AT_THE_WORKER, seal, tracing, ports.clock());
        this.publishTimeout = publishTimeout;
        this.transactions = transactions;
        this.defaultRoute = Route.toQueue(queue);
        this.origin = "gen%d@%s".formatted(ProcessHandle.current().pid(), ports.host());
        this.flows = new Flows(tasks, ports, transactions, queue, origin, publishTimeout);
    }

    /// Connects with the default options: queue `celery`, 10 s for a publish to be confirmed.
    ///
    /// @throws UncheckedIOException naming the broker when it cannot be reached
    public static TaskClient connect(String uri) {
        return builder(uri).connect();
    }

    /// A client with options.
    ///
    /// @param uri `amqp://` or `amqps://user:password@host:port/vhost`; of several hosts with commas between, or
    /// several such URIs with `;` between, any will do
    /// @throws IllegalArgumentException when it is no broker URI
    public static TaskClientBuilder builder(String uri) {
        return new TaskClientBuilder(BrokerOptions.of(uri));
    }

    /// A client with options, of a broker whose TLS files and login are known already.
    public static TaskClientBuilder builder(BrokerOptions broker) {
        return new TaskClientBuilder(broker);
    }

    static TaskClient connect(TaskClientBuilder options) {
        var broker = options.broker;
        var seal = Seals.open(options.seal, SealProvider.Role.SENDER);
        try {
            var connection = BrokerConnections.openRecovering(broker);
            try {
                var workers = new Workers(new AmqpBroadcast(connection));
                var replies = options.results.open(connection, workers, seal);
                var sender = Sender.to(broker.named(broker.connectionName() + " sends"));
                var way = options.sending.apply(sender);
                var events =
                        options.sentEvents ? List.of(SentEvents.to(broker, Clock.systemUTC())) : List.<SentEvents>of();
                var heard = new Events(new AmqpEvents(broker));
                var signals = new AmqpSignals(broker);
                var ports = new ClientPorts(
                        events.isEmpty() ? way : events.get(0).around(way),
                        replies,
                        workers,
                        heard,
                        new AmqpLetters(connection),
                        signals,
                        Clock.systemUTC(),
                        ThisHost.name(),
                        new ClientPorts.End() {
                            @Override
                            public void sending() {
                                sender.close();
                                events.forEach(SentEvents::close);
                            }

                            @Override
                            public void connections() {
                                heard.close();
                                signals.close();
                                BrokerConnections.abort(connection);
                            }
                        });
                return new TaskClient(
                        ports,
                        seal.messages(),
                        options.queue,
                        options.publishTimeout,
                        options.transactions,
                        options.tracing);
            } catch (IOException | RuntimeException e) {
                BrokerConnections.abort(connection);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /// Sends a task to the default queue and returns once the broker has it.
    ///
    /// @throws UnroutableException when there is no such queue
    /// @throws PublishNotConfirmedException when the broker refuses the message or does not answer in time
    public TaskHandle<JsonNode> send(String task, @Nullable Object @Nullable ... args) {
        return send(TaskRequest.of(task, args));
    }

    /// Sends a task with options and returns once the broker has it; throws as [#send(String, Object...)].
    public <T> TaskHandle<T> send(TaskRequest<T> request) {
        return start(request).await(route(request).name());
    }

    /// As [#send(TaskRequest)], with an id of the caller's: the same id for the same task lets a second sending be
    /// known.
    ///
    /// @throws IllegalArgumentException when the id is empty or longer than 255 bytes
    public <T> TaskHandle<T> send(TaskRequest<T> request, String id) {
        return start(request, id, this::expectAnew).await(route(request).name());
    }

    /// Sends many tasks, all in flight at once, and returns once the broker has them all.
    ///
    /// @throws PublishException the first failure; the tasks before it are in their queues, those after it may be
    public <T> List<TaskHandle<T>> sendAll(List<TaskRequest<T>> requests) {
        var sent = requests.stream().map(this::start).toList();
        var handles = new ArrayList<TaskHandle<T>>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            handles.add(sent.get(i).await(route(requests.get(i)).name()));
        }
        return handles;
    }

    /// Sends a task; the future completes once the broker has it, within a transaction that is after its commit,
    /// and fails with a [PublishException]. To cancel it takes nothing back. What is chained to it runs on a thread
    /// of its own (virtual from Java 21) and may block.
    public <T> CompletableFuture<TaskHandle<T>> sendAsync(TaskRequest<T> request) {
        return start(request).done().whenCompleteAsync((handle, failure) -> {}, Continuations.OWN_THREAD);
    }

    /// Makes the handle of what is about to be sent.
    private interface Expecting {
        <T> TaskHandle<T> of(String id, String queue, Type type, @Nullable Instant eta);
    }

    private <T> TaskHandle<T> expectAnew(String id, String queue, Type type, @Nullable Instant eta) {
        return ports.replies().expectAnew(id, queue, type, eta, publishTimeout);
    }

    private <T> Sending<TaskHandle<T>> start(TaskRequest<T> request) {
        return start(request, UUID.randomUUID().toString(), ports.replies()::expect);
    }

    /// Completes on the thread that hears the broker's confirms, which nobody may hold up.
    private <T> Sending<TaskHandle<T>> start(TaskRequest<T> request, String id, Expecting expecting) {
        var route = route(request);
        boolean expected = request.options().reply() == Reply.EXPECTED;
        // first, since nobody waits for what cannot be sent
        var routed = new Routed(
                route,
                request.message(id, ports.clock().instant())
                        .origin(origin)
                        .ignoreResult(request.options().reply() == Reply.IGNORED)
                        .replyTo(expected ? ports.replies().address() : "")
                        .build());
        TaskHandle<T> handle = expected
                ? expecting.of(
                        id, route.name(), request.resultType(), routed.message().eta())
                : ports.replies().expectNothing(id, route.name(), request.resultType());
        var patience = Patience.of(request.options().publishRetry(), publishTimeout);
        return Sending.of(
                handle,
                List.of(handle),
                ports.replies(),
                transactions,
                ports.sender(),
                way -> publish(way, handle, routed, patience));
    }

    private <T> CompletableFuture<TaskHandle<T>> publish(
            Outgoing way, TaskHandle<T> handle, Routed routed, Patience patience) {
        return tasks.by(way).send(routed, patience).handle((done, failure) -> {
            if (failure == null) {
                return handle;
            }
            var cause = Continuations.cause(failure);
            var known = cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
            ports.replies().abandon(handle, known);
            throw known;
        });
    }

    /// Sends the first step of a chain and returns once the broker has it; the handle is the last step's.
    public <T> TaskHandle<T> send(Chain<T> chain) {
        return flows.start(chain);
    }

    /// Sends the tasks of a chord's header; the handle is its body's.
    ///
    /// @throws UnsupportedOperationException when the client's result backend does not count, as `rpc://`
    public <T> TaskHandle<T> send(Chord<T> chord) {
        return flows.start(chord);
    }

    /// Sends the tasks of a group and returns once the broker has them all.
    public <T> GroupHandle<T> send(Group<T> group) {
        return flows.start(group);
    }

    /// The handle of a task by its id, whoever has sent it: its state as the workers last told it, and its result once
    /// it is there. A task that nobody knows is PENDING, as with Celery.
    ///
    /// @throws UnsupportedOperationException with `rpc://`, which keeps no results
    /// @throws IllegalStateException when the result backend does not tell the state, in the time for a publish
    public <T> TaskHandle<T> handle(String id, Class<T> type) {
        return ports.replies().find(id, type, publishTimeout);
    }

    /// Gives a task the signal that it waits for with [dev.jtask.task.TaskContext#awaitSignal], or will wait for.
    /// A value is kept for 15 days after somebody has looked at it last. The first one counts. Where nobody knows
    /// the task, or it has ended, nothing comes of it. When this returns the value is kept, and the task goes on;
    /// when it throws, neither is known, and it may be given again.
    /// A task that demands signatures throws away what nobody vouches for when it looks, and there is room again.
    ///
    /// @param value anything but null that JSON can carry
    /// @return false when there is a value already, of somebody else or of an earlier try, which stays
    /// @throws IllegalArgumentException when the name is none, or the value is no JSON
    /// @throws UncheckedIOException when the broker does not answer in time, or does not take it
    public boolean signal(String taskId, String signal, Object value) {
        var message =
                seal.close(SignalMessage.of(taskId, signal, UUID.randomUUID().toString(), value));
        try {
            return ports.signals().give(new SignalPlace(taskId, signal), message);
        } catch (IOException e) {
            throw new UncheckedIOException("signal '%s' of task %s: %s".formatted(signal, taskId, e.getMessage()), e);
        }
    }

    /// An object whose methods send tasks. Each returns a [TaskHandle] of its result's type, or nothing when nobody
    /// asks for it; [TaskName] says which task it is.
    ///
    /// @throws IllegalArgumentException when a method does not fit
    public <S> S stub(Class<S> type) {
        return stub(type, UnaryOperator.identity());
    }

    /// As [#stub(Class)], with options for all its tasks: `request -> request.queue("math")`.
    public <S> S stub(Class<S> type, UnaryOperator<TaskRequest<?>> options) {
        return new Stubs(this).of(type, options);
    }

    /// The workers that are online: who they are, what they do, and how to stop it.
    public Workers workers() {
        return ports.workers();
    }

    /// What workers and clients tell, Java's and Python's: of themselves and of their tasks.
    public Events events() {
        return ports.events();
    }

    /// What the workers of a queue could not run.
    public DeadLetterQueue deadLetters(String queue) {
        return letters(queue, DeadLetters.queueFor(queue));
    }

    /// The tasks of a queue that have failed for good and were kept, as `@Task(keepFailed = true)` or their workers
    /// wish.
    public DeadLetterQueue failedTasks(String queue) {
        return letters(queue, FailedTasks.queueFor(queue));
    }

    /// Waits for the broker to have what is being sent, each message no longer than its publish time-out, then ends the
    /// connection; handles without a result fail. A second call does nothing.
    @Override
    public void close() {
        ports.end().sending();
        ports.replies().close();
        ports.end().connections();
    }

    private DeadLetterQueue letters(String queue, String name) {
        return new DeadLetterQueue(ports.letters(), new WayBack(seal, ports.clock()), this::resend, queue, name);
    }

    /// A message as it is, once, to a queue that is expected to be there.
    private void resend(String queue, WireMessage message) {
        PublishException.await(queue, ports.sender().send(Parcel.reply(queue, message), Patience.none(publishTimeout)));
    }

    private Route route(TaskRequest<?> request) {
        var route = request.options().route();
        return route == null ? defaultRoute : route;
    }
}
