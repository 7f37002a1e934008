package dev.jtask.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The user's own task jars, run as a pool of their own.
///
/// @param name of the pool, its queue and its image
/// @param jars the first with the tasks, others that it needs
public record OwnTasks(String name, List<Path> jars) {

    /// What Kubernetes takes as the name of a Deployment and of its labels.
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,40}[a-z0-9])?");

    public OwnTasks {
        jars = List.copyOf(jars);
    }

    /// @param text `NAME=JAR[,JAR…]`
    /// @throws CannotRunException when it is not that, or a jar is not there
    public static OwnTasks parse(String text) {
        var parts = text.split("=", 2);
        if (parts.length < 2 || !NAME.matcher(parts[0]).matches() || parts[1].isBlank()) {
            throw new CannotRunException(
                    "--tasks takes NAME=JAR[,JAR…] with a name of a-z, 0-9 and '-', such as shop=target/shop.jar; '%s' is not that"
                            .formatted(text));
        }
        var jars = Arrays.stream(parts[1].split(","))
                .map(jar -> Path.of(jar.strip()).toAbsolutePath().normalize())
                .toList();
        for (var jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new CannotRunException("--tasks: %s is not there; build it first".formatted(jar));
            }
        }
        return new OwnTasks(parts[0], jars);
    }

    /// Writes a pool for them, to be looked at, changed and applied again.
    Path pool(Path folder) {
        var file = folder.resolve(name + ".yaml");
        try {
            return Files.writeString(file, """
                    apiVersion: jtask.dev/v1alpha1
                    kind: TaskWorkerPool
                    metadata:
                      name: %1$s
                    spec:
                      image: %1$s
                      queues:
                        - name: %1$s
                          declare:
                            type: quorum
                            deliveryLimit: 20
                            deadLetter: true
                      concurrency: 4
                      broker:
                        secretRef:
                          name: rabbitmq
                      scaling:
                        minReplicas: 0
                        maxReplicas: 3
                        objective:
                          drainTime: 20s
                        scaleDown:
                          stabilization: 30s
                      drainTimeout: 30s
                    """.formatted(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
