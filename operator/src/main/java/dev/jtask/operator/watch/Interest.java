package dev.jtask.operator.watch;

import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a pool wants to know, and of whom.
///
/// @param queues whose messages are counted
/// @param others whose messages nobody waits for
/// @param all of them
record Interest(BrokerAccess access, AmqpAccess amqp, Set<String> queues, Set<String> others, Set<String> all) {

    Interest {
        queues = Set.copyOf(queues);
        others = Set.copyOf(others);
        all = Set.copyOf(all);
    }

    static Interest in(BrokerAccess access, AmqpAccess amqp, Set<String> queues, Set<String> others) {
        var all = Stream.concat(queues.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
        return new Interest(access, amqp, queues, others, all);
    }
}
