package dev.jtask.local;

import dev.jtask.local.node.WorkerRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The built parts of a checkout of jtask, and the folder that local mode may write to.
///
/// @param root the folder with the Makefile
record Checkout(Path root) {

    /// For workers that live for seconds: start fast, leave no file outside the target folder.
    private static final List<String> JVM_OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m", "-XX:-UsePerfData");

    Checkout {
        root = root.toAbsolutePath().normalize();
    }

    /// Where logs, the kubeconfig and the broker's data go.
    Path folder() {
        return root.resolve("target/local");
    }

    Path crd() {
        return present("crds/taskworkerpools.jtask.dev.yaml");
    }

    Path pool() {
        return present("examples/quickstart/workerpool.yaml");
    }

    Path operator() {
        return present("operator/target/quarkus-app/quarkus-run.jar");
    }

    Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    WorkerRuntime workers() {
        var tasks = present("examples/quickstart/target/jtask-example-quickstart-0.1.0-SNAPSHOT.jar");
        return new WorkerRuntime(
                java(),
                present("worker-runtime/target/dist/lib"),
                JVM_OPTIONS,
                Map.of("jtask-quickstart:latest", List.of(tasks)),
                folder().resolve("pods"));
    }

    private Path present(String path) {
        var found = root.resolve(path);
        if (!Files.exists(found)) {
            throw new CannotRunException("%s is missing; run 'make build' in %s".formatted(path, root));
        }
        return found;
    }
}
