package dev.jtask.operator.queue;

import dev.jtask.crds.v1alpha1.Durations;
import dev.jtask.crds.v1alpha1.Overflow;
import dev.jtask.crds.v1alpha1.QueueDeclareSpec;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.QueueType;
import dev.jtask.operator.management.QueueDeclaration;
import dev.jtask.operator.management.QueueDeclaration.Binding;
import dev.jtask.protocol.topology.DeadLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What has to be created for a queue of a pool, in this order.
public final class Declarations {

    /// RabbitMQ 4 drops a message from a quorum queue after 20 deliveries, and each look at a dead letter is
    /// one. No value for "unlimited" is accepted by both RabbitMQ 3 and 4.
    private static final int LOOKED_AT_FOR_EVER = Integer.MAX_VALUE;

    /// How long RabbitMQ lets a delivery be unacknowledged where nobody has set it otherwise.
    private static final Duration BROKERS_OWN = Duration.ofMinutes(30);

    private static final Duration SLACK = Duration.ofMinutes(1);

    private Declarations() {}

    /// @param drainTimeout how long the pool's tasks may take to end
    /// @return nothing when the pool uses the queue as it is
    public static List<QueueDeclaration> of(QueueSpec queue, Duration drainTimeout) {
        var wanted = queue.declare();
        if (wanted == null) {
            return List.of();
        }
        var result = new ArrayList<QueueDeclaration>();
        if (wanted.deadLetter()) {
            // first, so that no message is ever dead-lettered into the void
            result.add(new QueueDeclaration(
                    DeadLetters.queueFor(queue.name()), deadArguments(wanted.type()), Binding.NONE));
        }
        result.add(new QueueDeclaration(
                queue.name(), arguments(queue.name(), wanted, drainTimeout), Binding.OWN_EXCHANGE));
        return result;
    }

    private static Map<String, Object> deadArguments(QueueType type) {
        return switch (type) {
            case QUORUM -> Map.of("x-queue-type", type(type), "x-delivery-limit", LOOKED_AT_FOR_EVER);
            case CLASSIC -> Map.of("x-queue-type", type(type));
        };
    }

    private static Map<String, Object> arguments(String name, QueueDeclareSpec wanted, Duration drainTimeout) {
        var arguments = new TreeMap<String, Object>();
        arguments.put("x-queue-type", type(wanted.type()));
        if (wanted.deliveryLimit() != null) {
            arguments.put("x-delivery-limit", wanted.deliveryLimit());
        }
        if (wanted.maxLength() != null) {
            arguments.put("x-max-length", wanted.maxLength());
        }
        if (wanted.overflow() != null) {
            arguments.put("x-overflow", overflow(wanted.overflow()));
        }
        if (wanted.messageTtl() != null) {
            arguments.put("x-message-ttl", Durations.parse(wanted.messageTtl()).toMillis());
        }
        consumerTimeout(wanted, drainTimeout)
                .ifPresent(timeout -> arguments.put("x-consumer-timeout", timeout.toMillis()));
        if (wanted.maxPriority() != null) {
            arguments.put("x-max-priority", wanted.maxPriority());
        }
        if (wanted.deadLetter()) {
            arguments.put("x-dead-letter-exchange", "");
            arguments.put("x-dead-letter-routing-key", DeadLetters.queueFor(name));
        }
        return arguments;
    }

    /// A task that may end within the drain timeout must not lose its delivery before. RabbitMQ 4.3 refuses
    /// the argument for classic queues, where it has no limit, so that these only have it when somebody asks
    /// for it.
    private static Optional<Duration> consumerTimeout(QueueDeclareSpec wanted, Duration drainTimeout) {
        if (wanted.consumerTimeout() != null) {
            return Optional.of(Durations.parse(wanted.consumerTimeout()));
        }
        return wanted.type() == QueueType.QUORUM && drainTimeout.compareTo(BROKERS_OWN) >= 0
                ? Optional.of(drainTimeout.plus(SLACK))
                : Optional.empty();
    }

    private static String type(QueueType type) {
        return switch (type) {
            case QUORUM -> "quorum";
            case CLASSIC -> "classic";
        };
    }

    private static String overflow(Overflow overflow) {
        return switch (overflow) {
            case DROP_HEAD -> "drop-head";
            case REJECT_PUBLISH -> "reject-publish";
        };
    }
}
