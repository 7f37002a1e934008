package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The labels of what belongs to a pool, and the annotations the operator writes.
public final class Labels {

    /// On every object the operator makes.
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /// The pool's name.
    public static final String INSTANCE = "app.kubernetes.io/instance";
    /// The value of [#MANAGED_BY], and the field manager of everything the operator applies.
    public static final String OPERATOR = "jtask-operator";
    /// The field manager of the Deployment's replicas, and of nothing else.
    public static final String SCALER = "jtask-scaler";
    /// On the Deployment: a digest of what was applied last.
    public static final String APPLIED = "jtask.dev/applied";
    /// On the pods: a fingerprint of what they use of the broker's Secret, so that a changed value rolls them.
    public static final String SECRET_VERSION = "jtask.dev/broker-secret-version";

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    private Labels() {}

    /// What the Deployment selects its pods by: never changes in the life of a pool.
    public static Map<String, String> selector(TaskWorkerPool pool) {
        var labels = new TreeMap<String, String>();
        labels.put("app.kubernetes.io/name", "jtask-worker");
        labels.put(INSTANCE, pool.getMetadata().getName());
        labels.put("app.kubernetes.io/component", "worker");
        return labels;
    }

    /// Whether the Deployment of a pool counts it among its pods.
    public static boolean isSelected(Pod pod, TaskWorkerPool pool) {
        var labels = pod.getMetadata().getLabels();
        return labels != null && labels.entrySet().containsAll(selector(pool).entrySet());
    }

    /// The selector as a query, for the scale subresource.
    public static String selectorText(TaskWorkerPool pool) {
        return selector(pool).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    /// All labels of the Deployment and its pods.
    public static Map<String, String> all(TaskWorkerPool pool) {
        var labels = new LinkedHashMap<>(selector(pool));
        labels.put("app.kubernetes.io/part-of", "jtask");
        labels.put(MANAGED_BY, OPERATOR);
        tag(pool.getSpec().image()).ifPresent(tag -> labels.put("app.kubernetes.io/version", tag));
        return labels;
    }

    /// The tag of an image, where it can be a label.
    private static Optional<String> tag(String image) {
        var name = image.substring(image.lastIndexOf('/') + 1).split("@", 2)[0];
        var colon = name.indexOf(':');
        return Optional.of(name.substring(colon + 1))
                .filter(tag -> colon >= 0 && VALUE.matcher(tag).matches());
    }
}
