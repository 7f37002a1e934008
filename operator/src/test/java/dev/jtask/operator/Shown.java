package dev.jtask.operator;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All that an operator of this JVM shows.
final class Shown {

    private Shown() {}

    /// To whoever runs it: log, threads, and what the list of processes says of this JVM and of those that it has
    /// started.
    static List<String> besideIt(LogTexts log) {
        var shown = new ArrayList<>(log.texts());
        Thread.getAllStackTraces().keySet().forEach(thread -> shown.add(thread.getName()));
        var own = ProcessHandle.current();
        Stream.concat(Stream.of(own), own.descendants())
                .forEach(process -> shown.add(process.info().commandLine().orElse("")));
        return shown;
    }

    /// To whoever may read a namespace or metrics: pools with their statuses, events, Deployments, pods, figures.
    static List<String> toOthers(World world) {
        var kubernetes = world.kubernetes();
        var objects = new ArrayList<HasMetadata>();
        objects.addAll(kubernetes
                .resources(TaskWorkerPool.class)
                .inNamespace("default")
                .list()
                .getItems());
        objects.addAll(kubernetes.v1().events().inNamespace("default").list().getItems());
        objects.addAll(
                kubernetes.apps().deployments().inNamespace("default").list().getItems());
        objects.addAll(kubernetes.pods().inNamespace("default").list().getItems());
        var shown = new ArrayList<String>();
        objects.forEach(
                object -> shown.add(kubernetes.getKubernetesSerialization().asYaml(object)));
        shown.add(Metrics.read());
        return shown;
    }
}
