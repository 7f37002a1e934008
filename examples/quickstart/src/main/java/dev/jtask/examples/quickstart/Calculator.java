package dev.jtask.examples.quickstart;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.time.Instant;

/// Arithmetic, and what happens when it goes wrong.
public final class Calculator {

    @Task("tasks.add")
    public int add(int x, int y) {
        return x + y;
    }

    /// Divides; a division by zero is tried again twice, two seconds apart, before it is a failure.
    @Task(value = "tasks.divide", maxRetries = 2, retryDelay = "2s", retryFor = ArithmeticException.class)
    public int divide(int x, int y) {
        return x / y;
    }

    /// Prints a line with the time at which it runs: send it with a countdown to see a delay at work.
    @Task(value = "tasks.print", ignoreResult = true)
    public void print(String text, TaskContext context) {
        System.out.printf("%s %s (attempt %d)%n", Instant.now(), text, context.attempt());
    }
}
