package dev.jtask.local.kubernetes.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What pods are started from.
///
/// @param java the `java` program
/// @param jar the worker runtime's, which names the others that it needs
/// @param jvmOptions of every worker
/// @param images the task jars that an image's name stands for
/// @param folder for logs and working directories
public record WorkerRuntime(Path java, Path jar, List<String> jvmOptions, Map<String, List<Path>> images, Path folder) {

    public WorkerRuntime {
        jvmOptions = List.copyOf(jvmOptions);
        images = Map.copyOf(images);
    }
}
