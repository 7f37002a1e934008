package dev.jtask.local.kubernetes.node;

import dev.jtask.testing.process.Children;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Starts the worker's `main` with the task jars that the pod's image stands for.
final class JavaWorkers implements Workers {

    private final WorkerRuntime runtime;

    JavaWorkers(WorkerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Launch launch(Pod pod, Map<String, String> variables) {
        var image = pod.getSpec().getContainers().getFirst().getImage();
        var jars = runtime.images().get(image);
        if (jars == null) {
            return new Launch.Refused(
                    "ErrImagePull",
                    "local mode has no task jars for the image %s; it knows %s"
                            .formatted(
                                    image,
                                    runtime.images().keySet().stream().sorted().toList()));
        }
        var name = pod.getMetadata().getName();
        var environment = new HashMap<>(variables);
        environment.putIfAbsent("HOSTNAME", name);
        try {
            return new Launch.Started(Children.start(
                    command(jars),
                    environment,
                    runtime.folder().resolve("work"),
                    runtime.folder().resolve(name + ".log")));
        } catch (IOException e) {
            return new Launch.Refused("RunContainerError", "the worker process cannot be started: " + e.getMessage());
        }
    }

    private List<String> command(List<Path> jars) {
        var command = new ArrayList<String>();
        command.add(runtime.java().toString());
        command.addAll(runtime.jvmOptions());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED", "-cp", runtime.jar().toString(), "dev.jtask.worker.app.Main"));
        jars.forEach(jar -> command.add(jar.toString()));
        return command;
    }
}
