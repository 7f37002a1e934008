package dev.jtask.test;

import dev.jtask.client.TaskClient;
import java.time.Duration;
import java.time.Instant;

/// Where a test's tasks go and run.
interface World extends AutoCloseable {

    /// The same each time.
    TaskClient client();

    Instant now();

    /// Lets so much time pass, and returns when all that is due by then has ended.
    void advance(Duration by);

    /// What runs at this moment has ended when this returns.
    void calm();

    @Override
    void close();
}
