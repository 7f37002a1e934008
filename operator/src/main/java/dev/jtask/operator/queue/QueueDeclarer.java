package dev.jtask.operator.queue;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.management.QueueDeclaration;
import dev.jtask.operator.watch.Probe;
import dev.jtask.protocol.time.Wait;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Creates the queues that a pool declares and that do not exist, with all that belongs to them; one that exists is
/// never altered. What was begun is gone on with until it is whole, also by the operator after this one: the queue
/// itself is no sign of it.
public final class QueueDeclarer {

    /// A broker that refused once is not asked the same at every tick.
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);
    /// One that did not answer may have been busy for a moment.
    private static final Duration SOON = Duration.ofSeconds(5);

    private record Refusal(String message, Wait pause) {}

    /// How far a queue is.
    private enum Progress {
        /// Nothing is left to do once it exists.
        WHOLE,
        /// It was created, or may have been, and is to be bound.
        UNBOUND,
        /// Where it exists an operator before this one may have been killed before it was bound.
        UNSURE
    }

    /// What became of the queues of one pool, as far as they were met.
    private record Wishes(Map<QueueSpec, Progress> progress, Map<QueueSpec, Refusal> refusals) {
        static Wishes none() {
            return new Wishes(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    /// By the pool's uid.
    private final Map<String, Wishes> pools = new ConcurrentHashMap<>();
    private final Events events;

    public QueueDeclarer(Events events) {
        this.events = events;
    }

    /// All queues that a pool declares, dead-letter queues included.
    public static Set<String> declared(TaskWorkerPool pool) {
        return pool.getSpec().queues().stream()
                .flatMap(queue -> names(pool, queue))
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(TaskWorkerPool pool, QueueSpec queue) {
        try {
            return Declarations.of(queue, pool.getSpec().drain()).stream().map(QueueDeclaration::name);
        } catch (IllegalArgumentException e) {
            // it leaves no room for another, which is told when it is to be created
            return Stream.of(queue.name());
        }
    }

    /// @return why a queue of the pool could not be declared, in a sentence, by queue
    public Map<String, String> declareMissing(TaskWorkerPool pool, ManagementApi api, Probe.Seen seen) {
        var wishes = pools.computeIfAbsent(pool.getMetadata().getUid(), any -> Wishes.none());
        wishes.refusals().values().removeIf(refusal -> refusal.pause().isOver(seen.at()));
        wishes.progress().keySet().retainAll(pool.getSpec().queues());
        var refused = new HashMap<String, String>();
        for (var queue : pool.getSpec().queues()) {
            if (queue.declare() == null) {
                continue;
            }
            boolean due = switch (wishes.progress().computeIfAbsent(queue, any -> before(pool, queue.name()))) {
                case WHOLE -> false;
                case UNBOUND -> true;
                case UNSURE -> seen.queues().containsKey(queue.name());
            };
            if (!wishes.refusals().containsKey(queue)
                    && (due || names(pool, queue).anyMatch(seen::lacks))) {
                declare(pool, api, wishes, queue, seen);
            }
            var refusal = wishes.refusals().get(queue);
            if (refusal != null) {
                refused.put(queue.name(), refusal.message());
            }
        }
        return refused;
    }

    /// Forgets a pool that is gone.
    public void forget(TaskWorkerPool pool) {
        pools.remove(pool.getMetadata().getUid());
    }

    /// How far an operator before this one came, as far as it said so.
    private static Progress before(TaskWorkerPool pool, String queue) {
        var status = pool.getStatus();
        if (status == null) {
            return Progress.UNSURE;
        }
        var said = status.conditions().stream()
                .filter(condition -> Conditions.QUEUES_READY.equals(condition.getType()))
                .toList();
        if (said.stream()
                .anyMatch(condition -> "False".equals(condition.getStatus())
                        && condition.getMessage().contains(refusal(queue)))) {
            return Progress.UNBOUND;
        }
        boolean seen = status.queues().stream().anyMatch(each -> each.name().equals(queue) && each.ready() != null);
        boolean whole = said.stream()
                .anyMatch(condition -> "True".equals(condition.getStatus())
                        && Objects.equals(
                                condition.getObservedGeneration(),
                                pool.getMetadata().getGeneration()));
        return seen && whole ? Progress.WHOLE : Progress.UNSURE;
    }

    private static String refusal(String queue) {
        return "queue %s cannot be ".formatted(queue);
    }

    private void declare(TaskWorkerPool pool, ManagementApi api, Wishes wishes, QueueSpec wish, Probe.Seen seen) {
        var queue = wish.name();
        var doing = refusal(queue) + "created: ";
        try {
            var declarations = Declarations.of(wish, pool.getSpec().drain());
            for (var each : declarations) {
                doing = refusal(each.name()) + "created: ";
                if (seen.lacks(each.name())) {
                    create(pool, api, wishes, wish, each);
                }
            }
            doing = refusal(queue) + "bound: ";
            switch (wishes.progress().getOrDefault(wish, Progress.WHOLE)) {
                case WHOLE -> {}
                case UNBOUND -> api.bind(queue);
                case UNSURE -> {
                    if (!seen.queues().containsKey(queue)) {
                        return;
                    }
                    bindIfAlike(api, declarations.getLast());
                }
            }
            wishes.progress().put(wish, Progress.WHOLE);
        } catch (RuntimeException e) {
            // whatever it is, it is this queue's trouble, and the pool is scaled all the same
            wishes.refusals().put(wish, new Refusal(doing + e.getMessage(), Wait.of(seen.at(), wait(e))));
        }
    }

    /// To create a queue once more is nothing where it is what it would be. Where it is not, or this is not allowed,
    /// somebody else made it, whose it is.
    private static void bindIfAlike(ManagementApi api, QueueDeclaration queue) {
        try {
            api.declare(queue);
            api.bind(queue.name());
        } catch (ManagementException e) {
            if (!isAnswer(e)) {
                throw e;
            }
        }
    }

    private void create(
            TaskWorkerPool pool, ManagementApi api, Wishes wishes, QueueSpec wish, QueueDeclaration declaration) {
        boolean binds = declaration.binding() == QueueDeclaration.Binding.OWN_EXCHANGE;
        try {
            api.declare(declaration);
        } catch (RuntimeException e) {
            // a broker that is slow may do it all the same
            if (binds && !isAnswer(e)) {
                wishes.progress().put(wish, Progress.UNBOUND);
            }
            throw e;
        }
        if (binds) {
            wishes.progress().put(wish, Progress.UNBOUND);
        }
        events.publish(
                pool,
                Announcement.normal(
                        "QueueDeclared",
                        "queue %s did not exist and was created with %s"
                                .formatted(declaration.name(), declaration.arguments())));
    }

    private static Duration wait(RuntimeException e) {
        return e instanceof ManagementException && !isAnswer(e) ? SOON : AGAIN_AFTER;
    }

    private static boolean isAnswer(RuntimeException e) {
        return e instanceof ManagementException refused && refused.fault() != ManagementException.Fault.UNREACHABLE;
    }
}
