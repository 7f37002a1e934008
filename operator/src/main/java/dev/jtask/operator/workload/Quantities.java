package dev.jtask.operator.workload;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds what an API server means when it says that a quantity is none: it does not say which.
final class Quantities {

    /// As the API server gives it in its refusal.
    private static final Pattern QUANTITY = Pattern.compile("[+-]?[0-9.]+[eEinumkKMGTP]*[-+]?[0-9]*");

    private Quantities() {}

    /// Those that are none, such as `containers[worker].resources.limits.memory: lots`.
    static List<String> wrong(PodSpec pod) {
        var ofContainers = Stream.concat(
                pod.getInitContainers().stream().flatMap(each -> wrong("initContainers", each)),
                pod.getContainers().stream().flatMap(each -> wrong("containers", each)));
        var ofVolumes = pod.getVolumes().stream()
                .flatMap(volume ->
                        Optional.ofNullable(volume.getEmptyDir()).map(folder -> folder.getSizeLimit()).stream()
                                .flatMap(limit ->
                                        wrong("volumes[%s].emptyDir.sizeLimit".formatted(volume.getName()), limit)));
        return Stream.concat(ofContainers, ofVolumes).toList();
    }

    private static Stream<String> wrong(String kind, Container container) {
        var resources = Optional.ofNullable(container.getResources()).orElseGet(ResourceRequirements::new);
        var place = "%s[%s].resources.".formatted(kind, container.getName());
        return Stream.concat(
                wrong(place + "limits.", resources.getLimits()), wrong(place + "requests.", resources.getRequests()));
    }

    private static Stream<String> wrong(String place, Map<String, Quantity> quantities) {
        return Optional.ofNullable(quantities).orElseGet(Map::of).entrySet().stream()
                .flatMap(each -> wrong(place + each.getKey(), each.getValue()));
    }

    private static Stream<String> wrong(String place, Quantity quantity) {
        var text = quantity.toString();
        return QUANTITY.matcher(text).matches() ? Stream.of() : Stream.of(place + ": " + text);
    }
}
