package dev.jtask.local.system;

import dev.jtask.local.kubernetes.node.WorkerRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The built parts of a checkout of jtask, and the folder that local mode may write to.
///
/// @param root the folder with the Makefile
/// @param folder where logs, the kubeconfig and the broker's data go
/// @param tasks the user's, in place of the example's; null for the example
public record Checkout(Path root, Path folder, @Nullable OwnTasks tasks) {

    private static final String EXAMPLE = "jtask-quickstart:0.1.0";

    /// For workers that live for seconds: start fast, leave no file outside the target folder.
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError");

    public Checkout {
        root = root.toAbsolutePath().normalize();
        folder = folder.toAbsolutePath().normalize();
    }

    /// A checkout that is written to as `make demo` does it: only below its `target` folder.
    public static Checkout at(Path root) {
        return new Checkout(root, root.resolve("target/local"), null);
    }

    /// The same for tasks of the user's own.
    public Checkout with(OwnTasks own) {
        return new Checkout(root, folder, own);
    }

    /// For the temporary files of every process.
    public Path temporary() {
        return folder.resolve("tmp");
    }

    Path operatorLog() {
        return folder.resolve("operator.log");
    }

    public Path crd() {
        return present("crds/taskworkerpools.jtask.dev.yaml");
    }

    public Path pool() {
        return tasks == null ? present("examples/quickstart/workerpool.yaml") : tasks.pool(folder);
    }

    public Path operator() {
        return present("operator/target/quarkus-app/quarkus-run.jar");
    }

    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    public WorkerRuntime workers() {
        var example = present("examples/quickstart/target/jtask-example-quickstart-0.1.0-SNAPSHOT.jar");
        return new WorkerRuntime(
                java(),
                present("worker-runtime/app/target/dist/lib/jtask-worker-app-0.1.0-SNAPSHOT.jar"),
                Stream.of(JVM_OPTIONS, List.of("-Djava.io.tmpdir=" + temporary()), aotCache())
                        .flatMap(List::stream)
                        .toList(),
                tasks == null ? Map.of(EXAMPLE, List.of(example)) : Map.of(tasks.name(), tasks.jars()),
                folder.resolve("pods"));
    }

    /// Workers start in a third of the time with it; a build may have left none.
    private List<String> aotCache() {
        var cache = root.resolve("worker-runtime/app/target/dist/jtask-worker.aot");
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off") : List.of();
    }

    /// @throws CannotRunException naming the first part that is not built
    void requireBuilt() {
        operator();
        workers();
    }

    private Path present(String path) {
        var found = root.resolve(path);
        if (!Files.exists(found)) {
            throw new CannotRunException("%s is missing; run 'make build' in %s".formatted(path, root));
        }
        return found;
    }
}
