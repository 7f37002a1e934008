package dev.jtask.worker;

/// A bean of Spring or Quarkus that has more to say of the application's worker: tasks that are lambdas, interceptors,
/// schedules.
@FunctionalInterface
public interface WorkerCustomizer {

    /// After all properties and beans; what is set here wins.
    void customize(WorkerBuilder worker);
}
