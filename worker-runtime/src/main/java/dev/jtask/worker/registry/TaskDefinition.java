package dev.jtask.worker.registry;

import dev.jtask.worker.retry.RetryPolicy;

/// A task as the worker knows it: what it is called, how it is called, what happens when it fails.
public record TaskDefinition(String name, TaskBody body, RetryPolicy retries, boolean ignoresResult) {}
