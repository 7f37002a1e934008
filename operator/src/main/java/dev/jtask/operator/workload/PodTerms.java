package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPoolSpec;
import dev.jtask.task.Durations;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a pool's pods work by: `spec.template` may say otherwise than its spec, and pods of an older one stay a while.
///
/// @param drain the shortest time that any of them has to end what it runs
/// @param slots tasks that a pod of its Deployment runs at once
public record PodTerms(Duration drain, int slots) {

    /// As a worker takes it.
    private static final Pattern CONCURRENCY = Pattern.compile("[1-9]\\d{0,3}|10000");

    public static PodTerms of(TaskWorkerPoolSpec spec, @Nullable Deployment deployment, List<Pod> pods) {
        var drain = pods.stream()
                .map(Pod::getSpec)
                .filter(Objects::nonNull)
                .flatMap(PodTerms::drains)
                .reduce(spec.drain(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
        return new PodTerms(drain, slots(spec, deployment));
    }

    /// @param deployment null where it is not known
    public static int slots(TaskWorkerPoolSpec spec, @Nullable Deployment deployment) {
        return Optional.ofNullable(deployment)
                .map(found -> found.getSpec().getTemplate())
                .map(template -> template.getSpec())
                .flatMap(pod -> variable(pod, Environment.CONCURRENCY))
                .filter(CONCURRENCY.asMatchPredicate())
                .map(Integer::valueOf)
                .orElse(spec.concurrency());
    }

    private static Stream<Duration> drains(PodSpec pod) {
        var grace = pod.getTerminationGracePeriodSeconds();
        var kills = Stream.ofNullable(grace).map(seconds -> Drain.within(Duration.ofSeconds(seconds)));
        return Stream.concat(kills, variable(pod, Drain.TIMEOUT).flatMap(PodTerms::read).stream());
    }

    /// @return empty for what no worker starts with
    private static Optional<Duration> read(String text) {
        try {
            return Optional.of(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// @return empty where the worker has none, or not by its value
    private static Optional<String> variable(PodSpec pod, String name) {
        return pod.getContainers().stream()
                .filter(container -> WorkerContainer.NAME.equals(container.getName()))
                .flatMap(container -> Stream.ofNullable(container.getEnv()).flatMap(List::stream))
                .filter(variable -> name.equals(variable.getName()))
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
