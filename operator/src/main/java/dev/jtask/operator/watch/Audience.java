package dev.jtask.operator.watch;

import dev.jtask.operator.secret.AmqpAccess;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pools of one broker and what they want to know together.
///
/// @param queues whose messages are counted
/// @param others whose messages nobody waits for
/// @param doors by any of which they may be counted
record Audience<P>(Map<P, Interest> pools, Set<String> queues, Set<String> others, Set<AmqpAccess> doors) {

    Audience {
        pools = Map.copyOf(pools);
        queues = Set.copyOf(queues);
        others = Set.copyOf(others);
        doors = Set.copyOf(doors);
    }

    static <P> Audience<P> of(Map<P, Interest> pools) {
        var interests = pools.values();
        return new Audience<>(
                pools,
                all(interests, interest -> interest.queues().stream()),
                all(interests, interest -> interest.others().stream()),
                all(interests, interest -> Stream.of(interest.amqp())));
    }

    /// Some of the pools and the queues of these.
    Audience<P> only(Predicate<P> which) {
        var some = new HashMap<>(pools);
        return some.keySet().removeIf(which.negate()) ? of(some) : this;
    }

    /// The queues of some of the pools.
    Set<String> queuesOf(Predicate<P> which) {
        var some = new HashSet<String>();
        pools.forEach((pool, interest) -> {
            if (which.test(pool)) {
                some.addAll(interest.queues());
            }
        });
        return some;
    }

    private static <T> Set<T> all(Collection<Interest> interests, Function<Interest, Stream<T>> what) {
        return interests.stream().flatMap(what).collect(Collectors.toUnmodifiableSet());
    }
}
