package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.watch.Probe;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether every queue of the pool exists.
final class QueuesReady {

    private QueuesReady() {}

    static Finding of(Observation seen) {
        var view = seen.view();
        return view != null && isTold(view, seen)
                ? of(view, seen)
                : notSeen("the broker does not say which queues there are");
    }

    private static Finding notSeen(String message) {
        return Finding.unknown(Conditions.QUEUES_READY, "BrokerNotSeen", message);
    }

    /// A queue that can be counted exists; one that cannot be may exist as well.
    private static boolean isTold(PoolView view, Observation seen) {
        return switch (view.probe()) {
            case Probe.Seen told -> true;
            case Probe.Counted counted ->
                seen.pool().getSpec().queues().stream()
                        .allMatch(queue -> counted.queues().containsKey(queue.name()));
            case Probe.Blind blind -> false;
        };
    }

    private static Finding of(PoolView view, Observation seen) {
        if (!view.refused().isEmpty()) {
            return Finding.no(
                    Conditions.QUEUES_READY,
                    "DeclareRefused",
                    view.refused().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(Map.Entry::getValue)
                            .collect(Collectors.joining("; ")));
        }
        var queues = seen.pool().getSpec().queues();
        var undeclared = names(queues.stream().filter(queue -> queue.declare() == null), view);
        if (!undeclared.isEmpty()) {
            return Finding.no(
                    Conditions.QUEUES_READY,
                    "QueueMissing",
                    "queue %s does not exist; create it, or add declare: {} to its entry in spec.queues"
                            .formatted(undeclared));
        }
        var declared = names(queues.stream(), view);
        if (!declared.isEmpty()) {
            return Finding.no(
                    Conditions.QUEUES_READY,
                    "BeingDeclared",
                    "queue %s did not exist and is being created".formatted(declared));
        }
        var down = queues.stream()
                .map(QueueSpec::name)
                .filter(name -> view.queue(name).down())
                .collect(Collectors.joining(", "));
        if (!down.isEmpty()) {
            return Finding.no(
                    Conditions.QUEUES_READY,
                    "QueueDown",
                    "queue %s is down: the broker's nodes that hold it, or most of them, do not run; start them (rabbitmqctl list_queues name state says how it is)"
                            .formatted(down));
        }
        var unasked = queues.stream()
                .map(QueueSpec::name)
                .filter(name -> view.probe() instanceof Probe.Seen told && !told.isToldOf(name))
                .collect(Collectors.joining(", "));
        return unasked.isEmpty()
                ? Finding.yes(Conditions.QUEUES_READY, "AllExist", "every queue exists")
                : notSeen("the broker has not been asked for queue %s yet".formatted(unasked));
    }

    private static String names(Stream<QueueSpec> queues, PoolView view) {
        return queues.map(QueueSpec::name).filter(view.missing()::contains).collect(Collectors.joining(", "));
    }
}
