package dev.jtask.test;

import dev.jtask.test.memory.Equipment;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What each test of a [JTaskTest] has, for whoever makes tests in another way, as the slice of the Spring Boot starter
/// does: a worker in memory with these tasks, its clock, its client.
public final class JTaskScene implements AutoCloseable {

    private final Scene scene;

    /// @param queue where tasks go that name no queue
    /// @param routes queues of the tasks that the worker sends
    /// @param patience how long a task may run before the test fails, in real time
    public record Options(String queue, Routes routes, JTaskTest.Results results, Duration patience) {}

    private JTaskScene(Scene scene) {
        this.scene = scene;
    }

    /// It consumes the options' queue and those that the tasks name.
    ///
    /// @throws IllegalArgumentException when two tasks have one name
    public static JTaskScene inMemory(List<TaskDefinition> tasks, Options options) {
        var beans = new Beans(List.of());
        var given = new Given(beans::addTo);
        given.add(tasks);
        Function<Equipment, Set<String>> queues = equipment -> Given.queues(equipment, options.queue());
        return new JTaskScene(Scene.memory(options, beans, given, queues, Scene.begin()));
    }

    /// The test's hold on all of it, the same each time.
    public JTask jtask() {
        return scene.jtask();
    }

    /// What has happened so far, a line each: to hang on the failure of a test.
    public Throwable story() {
        return scene.story();
    }

    @Override
    public void close() {
        scene.close();
    }
}
