package dev.jtask.operator.report;

import dev.jtask.operator.secret.MetricsTokens;
import dev.jtask.protocol.uri.ServerUri;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a pod shows its metrics, as its own environment says: pools with TLS and pools without it have one operator,
/// and a pool that changes over has both kinds of pods for a while.
///
/// @param address the pod's
/// @param secured whether it speaks TLS there
/// @param tokenSecret of its namespace, with the token that it asks for; null where it asks for none, or for one that
///     the operator does not know
record MetricsDoor(
        String address, int port, boolean secured, @Nullable String tokenSecret) {

    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final int HIGHEST = 65_535;

    /// @param usual the port of a pod that names none
    /// @return empty for a pod without an address
    static Optional<MetricsDoor> of(Pod pod, int usual) {
        return Optional.ofNullable(pod.getStatus())
                .map(status -> status.getPodIP())
                .map(address -> new MetricsDoor(
                        address,
                        port(pod).orElse(usual),
                        variable(pod, "JTASK_METRICS_TLS_CERT").anyMatch(MetricsDoor::isSet),
                        tokenSecret(pod)));
    }

    URI uri() {
        return URI.create("%s://%s:%d/metrics".formatted(secured ? "https" : "http", ServerUri.shown(address), port));
    }

    private static Optional<Integer> port(Pod pod) {
        return variable(pod, "JTASK_METRICS_PORT")
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .filter(PORT.asMatchPredicate())
                .map(Integer::valueOf)
                .filter(port -> port <= HIGHEST)
                .findFirst();
    }

    /// As the operator has mounted it: a pod that asks for no token is shown none.
    private static @Nullable String tokenSecret(Pod pod) {
        return variable(pod, "JTASK_METRICS_TOKEN_FILE").noneMatch(MetricsDoor::isSet)
                ? null
                : Objects.requireNonNullElse(pod.getSpec().getVolumes(), List.<Volume>of()).stream()
                        .filter(volume -> MetricsTokens.VOLUME.equals(volume.getName()))
                        .map(Volume::getSecret)
                        .filter(Objects::nonNull)
                        .map(SecretVolumeSource::getSecretName)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isSet(EnvVar variable) {
        return variable.getValueFrom() != null
                || (variable.getValue() != null && !variable.getValue().isBlank());
    }

    private static Stream<EnvVar> variable(Pod pod, String name) {
        return Stream.ofNullable(pod.getSpec())
                .flatMap(spec -> spec.getContainers().stream())
                .flatMap(container -> Objects.requireNonNullElse(container.getEnv(), List.<EnvVar>of()).stream())
                .filter(variable -> name.equals(variable.getName()));
    }
}
