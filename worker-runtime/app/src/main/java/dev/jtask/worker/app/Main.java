package dev.jtask.worker.app;

import dev.jtask.worker.app.options.AppOptions;
import dev.jtask.worker.app.options.KnownVariables;
import dev.jtask.worker.app.options.NodeNames;
import dev.jtask.worker.app.schedule.ScheduleFile;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.registry.classes.PoolThreads;
import dev.jtask.worker.run.Dispatch;
import dev.jtask.worker.schedule.SchedulePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The worker as a program: task jars as arguments (or those in `/opt/jtask/tasks`), options from `JTASK_*` variables;
/// with `--schedule` a scheduler, alone or, where jars are named, beside the worker.
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
    private static final String NODE_NAME = "JTASK_NODE_NAME";

    /// Of a file's tasks, with a worker or without, as Celery's.
    private static final String USUAL_QUEUE = "celery";

    private static final int MOST_CARRIERS = 200;
    private static final Path IMAGE_TASKS = Path.of("/opt/jtask/tasks");

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        PoolThreads.install();
        var stopping = new Stopping();
        Signals.onTermination(stopping);
        try {
            var command = CommandLine.parse(args);
            if (command.wish() == CommandLine.Wish.HELP) {
                System.out.print(CommandLine.HELP);
                return;
            }
            run(command, System.getenv(), stopping);
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("jtask-worker: " + e.getMessage());
            System.exit(2);
            return;
        } catch (RuntimeException | Error e) {
            // what users' jars may do to a start has no end; a restart would meet the same
            LOG.debug("the cause", e);
            System.err.println("jtask-worker: cannot start: " + e);
            System.exit(2);
            return;
        }
        // a task that ignored its interrupt must not keep the process
        System.exit(0);
    }

    private static void run(CommandLine command, Map<String, String> environment, Stopping stopping)
            throws IOException, InterruptedException {
        boolean schedulerAlone =
                command.schedule().isPresent() && command.jars().isEmpty();
        if (!schedulerAlone) {
            Thread.ofPlatform().daemon().name("warm-up").start(WarmUp::run);
        }
        var plain = AppOptions.fromEnvironment(environment);
        plain.log().install();
        var options = schedulerAlone ? plain : AppOptions.fromEnvironment(named(environment));
        KnownVariables.NAMES.warnings(environment).forEach(LOG::warn);
        Telemetry.start(environment);
        if (schedulerAlone) {
            var scheduler = new SchedulerProcess(options, plan(command, environment, options, List.of()));
            stopping.instead(scheduler::stop);
            scheduler.run();
            return;
        }
        giveEachTaskACarrier(options.worker().concurrency());
        var tasks = tasks(command.jars());
        var worker = WorkerProgram.start(options, tasks, plan(command, environment, options, tasks));
        stopping.instead(worker::stop);
        worker.awaitStopped();
    }

    /// With a name of its own, where it was given none and is not the only worker here.
    private static Map<String, String> named(Map<String, String> environment) {
        if (!environment.getOrDefault(NODE_NAME, "").isBlank()) {
            return environment;
        }
        var names = NodeNames.ofThisHost();
        var name = names.take();
        if (!name.equals(names.usual())) {
            LOG.info("{} is another worker on this host; this one is {}", names.usual(), name);
        }
        var all = new HashMap<>(environment);
        all.put(NODE_NAME, name);
        return all;
    }

    private static SchedulePlan plan(
            CommandLine command, Map<String, String> environment, AppOptions options, List<TaskDefinition> tasks) {
        if (command.schedule().isEmpty()) {
            return SchedulePlan.NONE;
        }
        var file = command.schedule().get();
        var base = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        var dispatch = new Dispatch(options.worker().routes(), new TaskRegistry(tasks));
        return new SchedulePlan(
                AppOptions.schedulerName(environment, base),
                ScheduleFile.read(
                        file, task -> dispatch.usual(task, USUAL_QUEUE).queue()));
    }

    /// A virtual thread that computes does not yield: with one carrier for each processor, as many computing tasks as
    /// there are processors would stop all others, and their time limits with them.
    private static void giveEachTaskACarrier(int concurrency) {
        if (System.getProperty(PARALLELISM) == null) {
            int carriers = Math.max(Runtime.getRuntime().availableProcessors(), Math.min(concurrency, MOST_CARRIERS));
            System.setProperty(PARALLELISM, Integer.toString(carriers));
        }
    }

    private static List<TaskDefinition> tasks(List<Path> named) throws IOException {
        var jars = named.isEmpty() ? imageTasks() : named;
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
