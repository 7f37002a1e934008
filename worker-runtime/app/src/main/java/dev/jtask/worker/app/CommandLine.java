package dev.jtask.worker.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The arguments of `jtask-worker`.
///
/// @param jars of tasks; none for those of the image
/// @param scheduleFile of `--schedule`; null without
public record CommandLine(
        Wish wish, List<Path> jars, @Nullable Path scheduleFile) {

    /// What the user wants of it.
    enum Wish {
        RUN,
        HELP
    }

    public static final String HELP = """
            jtask-worker my-tasks.jar…                            runs the tasks of these jars
            jtask-worker                                          in an image: those of /opt/jtask/tasks/*.jar
            jtask-worker --schedule schedules.yaml                sends tasks by the clock, and runs none
            jtask-worker --schedule schedules.yaml my-tasks.jar…  does both in one process

            --schedule FILE   a YAML list of schedules; of all processes with one JTASK_SCHEDULER_NAME (default: the
                              name of the file without its ending) only one sends, another takes over when it ends
            --help            this text

            Options are environment variables: JTASK_BROKER_URI, JTASK_QUEUES, JTASK_CONCURRENCY, JTASK_HTTP_PORT and
            more, see docs/operating-a-worker.md; for the file, docs/schedules.md. SIGTERM stops, with exit code 0.
            """;

    public CommandLine {
        jars = List.copyOf(jars);
    }

    Optional<Path> schedule() {
        return Optional.ofNullable(scheduleFile);
    }

    /// @throws IllegalArgumentException naming the argument that is wrong
    static CommandLine parse(String... args) {
        var jars = new ArrayList<Path>();
        @Nullable Path schedule = null;
        for (int i = 0; i < args.length; i++) {
            var arg = args[i];
            if (arg.equals("--help") || arg.equals("-h")) {
                return new CommandLine(Wish.HELP, List.of(), null);
            }
            if (arg.equals("--schedule") || arg.startsWith("--schedule=")) {
                boolean joined = arg.contains("=");
                if (schedule != null) {
                    throw new IllegalArgumentException("--schedule is given twice; keep all schedules in one file");
                }
                if (!joined && ++i == args.length) {
                    throw new IllegalArgumentException("--schedule needs a file, such as schedules.yaml");
                }
                schedule = Path.of(joined ? arg.substring(arg.indexOf('=') + 1) : args[i]);
            } else if (arg.startsWith("-")) {
                throw new IllegalArgumentException("there is no option %s; see jtask-worker --help".formatted(arg));
            } else {
                jars.add(Path.of(arg));
            }
        }
        return new CommandLine(Wish.RUN, jars, schedule);
    }
}
