package dev.jtask.test;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RedisNode;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/// The real servers, started at their first use; one of each for all tests of a JVM.
///
/// @param store JUnit's, which ends what it has after the last test
record Servers(Store store) {

    RabbitMqNode rabbitMq() {
        return of(RabbitMqNode.class, RabbitMqNode::start);
    }

    RedisNode redis() {
        return of(RedisNode.class, RedisNode::start);
    }

    /// Without the stores' `computeIfAbsent`, which JUnit 5 does not have.
    private <S> S of(Class<S> type, Supplier<S> start) {
        synchronized (Servers.class) {
            var running = store.get(type, type);
            if (running == null) {
                running = start.get();
                store.put(type, running);
            }
            return running;
        }
    }
}
