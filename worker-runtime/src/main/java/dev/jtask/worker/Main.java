package dev.jtask.worker;

import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The worker as a program: task jars as arguments (or those in `/opt/jtask/tasks`), options from `JTASK_*` variables.
public final class Main {

    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
    private static final int MOST_CARRIERS = 200;
    private static final Path IMAGE_TASKS = Path.of("/opt/jtask/tasks");

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Thread.ofPlatform().daemon().name("warm-up").start(WarmUp::run);
        Worker worker;
        try {
            var options = WorkerOptions.fromEnvironment(System.getenv());
            options.log().install();
            Telemetry.start(System.getenv());
            giveEachTaskACarrier(options.concurrency());
            worker = new Worker(options, tasks(args));
            Signals.onTermination(worker::stop);
            worker.start();
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("jtask-worker: " + e.getMessage());
            System.exit(2);
            return;
        }
        worker.awaitStopped();
        // a task that ignored its interrupt must not keep the process
        System.exit(0);
    }

    /// A virtual thread that computes does not yield: with one carrier for each processor, as many computing tasks as
    /// there are processors would stop all others, and their time limits with them.
    private static void giveEachTaskACarrier(int concurrency) {
        if (System.getProperty(PARALLELISM) == null) {
            int carriers = Math.max(Runtime.getRuntime().availableProcessors(), Math.min(concurrency, MOST_CARRIERS));
            System.setProperty(PARALLELISM, Integer.toString(carriers));
        }
    }

    private static List<TaskDefinition> tasks(String[] args) throws IOException {
        var jars = args.length > 0 ? Arrays.stream(args).map(Path::of).toList() : imageTasks();
        if (jars.isEmpty()) {
            throw new IllegalArgumentException(
                    "no task jars; give their paths as arguments, or put them into " + IMAGE_TASKS + " of the image");
        }
        var tasks = TaskClasses.inJars(jars);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("no method with @Task in " + jars);
        }
        return tasks;
    }

    private static List<Path> imageTasks() throws IOException {
        if (!Files.isDirectory(IMAGE_TASKS)) {
            return List.of();
        }
        try (var files = Files.list(IMAGE_TASKS)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
