package dev.jtask.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Connection;
import dev.jtask.client.canvas.Launcher;
import dev.jtask.client.canvas.Lineage;
import dev.jtask.client.canvas.Plan;
import dev.jtask.client.canvas.Routed;
import dev.jtask.client.canvas.Signature;
import dev.jtask.protocol.TaskCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Sends tasks and receives their results. Safe for any thread; one connection, which comes back by itself after a
/// loss.
/// Results that were on their way while the connection was down are lost, as with Celery's `rpc://` backend.
public final class TaskClient implements AutoCloseable {

    private final Connection connection;
    private final Publisher publisher;
    private final ReplyQueue replies;
    private final String defaultQueue;
    private final Duration publishTimeout;
    private final String origin;
    private final Workers workers;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private TaskClient(Connection connection, String queue, Duration publishTimeout) throws IOException {
        this.connection = connection;
        this.publisher = Publisher.on(connection);
        this.replies = ReplyQueue.on(connection);
        this.defaultQueue = queue;
        this.publishTimeout = publishTimeout;
        this.workers = new Workers(new Broadcast(connection));
        this.origin = "gen%d@%s"
                .formatted(
                        ProcessHandle.current().pid(),
                        InetAddress.getLocalHost().getHostName());
    }

    /// Connects with the default options: queue `celery`, 10 s for a publish to be confirmed.
    ///
    /// @throws UncheckedIOException naming the broker when it cannot be reached
    public static TaskClient connect(String uri) {
        return builder(uri).connect();
    }

    public static TaskClientBuilder builder(String uri) {
        return new TaskClientBuilder(BrokerOptions.of(uri));
    }

    static TaskClient connect(TaskClientBuilder options) {
        try {
            return new TaskClient(
                    BrokerConnections.openRecovering(options.broker), options.queue, options.publishTimeout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A client on a connection that its caller closes and replaces.
    public static TaskClient over(Connection connection, String queue) throws IOException {
        return new TaskClient(connection, queue, TaskClientBuilder.PUBLISH_TIMEOUT);
    }

    /// Sends a task to the default queue and returns once the broker has it.
    ///
    /// @throws UnroutableException when there is no such queue
    /// @throws PublishNotConfirmedException when the broker refuses the message or does not answer in time
    public TaskHandle<JsonNode> send(String task, @Nullable Object... args) {
        return send(TaskRequest.of(task, args));
    }

    /// Sends a task with options and returns once the broker has it; throws as [#send(String, Object...)].
    public <T> TaskHandle<T> send(TaskRequest<T> request) {
        return confirmed(queue(request), sendAsync(request));
    }

    /// As [#send(TaskRequest)], with an id of the caller's: the same id for the same task lets a second sending be
    /// known.
    public <T> TaskHandle<T> send(TaskRequest<T> request, String id) {
        return confirmed(queue(request), sendAsync(request, id));
    }

    /// Sends many tasks, all in flight at once, and returns once the broker has them all.
    public <T> List<TaskHandle<T>> sendAll(List<TaskRequest<T>> requests) {
        var sent = requests.stream().map(this::sendAsync).toList();
        var handles = new ArrayList<TaskHandle<T>>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            handles.add(confirmed(queue(requests.get(i)), sent.get(i)));
        }
        return handles;
    }

    /// Sends a task; the future completes once the broker has it and fails with a [PublishException].
    public <T> CompletableFuture<TaskHandle<T>> sendAsync(TaskRequest<T> request) {
        return sendAsync(request, UUID.randomUUID().toString());
    }

    private <T> CompletableFuture<TaskHandle<T>> sendAsync(TaskRequest<T> request, String id) {
        var queue = queue(request);
        var handle = new TaskHandle<T>(id, queue, request.resultType(), workers);
        if (!request.ignoreResult()) {
            replies.expect(handle);
        }
        return publish(new Routed(
                        queue,
                        request.message(handle.id())
                                .origin(origin)
                                .replyTo(replies.name())
                                .build()))
                .handle((done, failure) -> {
                    if (failure instanceof RuntimeException cause) {
                        replies.forget(handle);
                        handle.abandon(cause);
                        throw cause;
                    }
                    return handle;
                });
    }

    /// Sends the first step of a chain and returns once the broker has it; the handle is the last step's.
    public <T> TaskHandle<T> send(Chain<T> chain) {
        return flow(chain);
    }

    /// Sends the tasks of a chord's header; the handle is its body's.
    ///
    /// @throws UnsupportedOperationException when the client has no result backend that counts
    public <T> TaskHandle<T> send(Chord<T> chord) {
        return flow(chord);
    }

    /// Sends the tasks of a group and returns once the broker has them all.
    public <T> GroupHandle<T> send(Group<T> group) {
        var signature = Signatures.awaited(group, replies.name());
        var handles = new ArrayList<TaskHandle<T>>();
        for (int i = 0; i < group.members().size(); i++) {
            handles.add(
                    handle(signature.members().get(i), group.members().get(i).resultType()));
        }
        launch(signature, handles);
        return new GroupHandle<>(UUID.randomUUID().toString(), handles);
    }

    private <T> TaskHandle<T> flow(Step<T> step) {
        var signature = Signatures.awaited(step, replies.name());
        TaskHandle<T> handle = handle(signature, step.resultType());
        launch(signature, List.of(handle));
        return handle;
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
            var sent = plan.messages().stream().map(this::publish).toList();
            for (int i = 0; i < sent.size(); i++) {
                confirmed(plan.messages().get(i).queue(), sent.get(i));
            }
        } catch (RuntimeException e) {
            handles.forEach(replies::forget);
            handles.forEach(handle -> handle.abandon(e));
            throw e;
        }
    }

    private CompletableFuture<Void> publish(Routed task) {
        ensure(task.queue());
        return publisher.publish("", task.queue(), TaskCodec.encode(task.message(), Instant.now()));
    }

    /// An object whose methods send tasks. Each returns a [TaskHandle] of its result's type, or nothing when nobody
    /// asks
    /// for it; [TaskName] says which task it is.
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
        return workers;
    }

    /// What the workers of a queue could not run.
    public DeadLetterQueue deadLetters(String queue) {
        return new DeadLetterQueue(
                connection, (to, message) -> confirmed(to, publisher.publish("", to, message)), queue);
    }

    /// Ends the connection; handles without a result fail.
    @Override
    public void close() {
        replies.abandon(new IllegalStateException("the client was closed before the result came"));
        connection.abort();
    }

    private String queue(TaskRequest<?> request) {
        return request.queue() == null ? defaultQueue : request.queue();
    }

    /// Celery's producers declare their queue before the first publish; so do we, once for each queue.
    private void ensure(String queue) {
        if (known.contains(queue)) {
            return;
        }
        try {
            Queues.ensure(connection, queue);
            known.add(queue);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private <V extends @Nullable Object> V confirmed(String queue, CompletableFuture<V> sent) {
        try {
            return sent.get(publishTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PublishNotConfirmedException(
                    queue,
                    "no answer in %s; a broker that is out of memory or disk blocks publishers"
                            .formatted(publishTimeout),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishNotConfirmedException(queue, "interrupted while waiting", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new PublishNotConfirmedException(queue, "unexpected failure", e);
        }
    }
}
