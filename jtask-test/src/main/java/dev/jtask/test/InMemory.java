package dev.jtask.test;

import dev.jtask.client.TaskClient;
import dev.jtask.test.memory.MemorySystem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// The world of most tests.
final class InMemory implements World {

    private final Clock clock;
    private final MemorySystem system;
    private final TaskClient client;

    InMemory(Clock clock, MemorySystem system, String queue) {
        this.clock = clock;
        this.system = system;
        this.client = system.client(queue);
    }

    @Override
    public TaskClient client() {
        return client;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void advance(Duration by) {
        system.advance(by);
    }

    /// Nothing runs while nobody waits for it.
    @Override
    public void calm() {}

    @Override
    public void close() {
        client.close();
        system.close();
    }
}
