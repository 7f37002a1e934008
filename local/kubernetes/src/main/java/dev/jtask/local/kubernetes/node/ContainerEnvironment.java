package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The variables that a container's spec gives its process.
sealed interface ContainerEnvironment {

    /// A variable cannot be had; the process cannot start until it can.
    ///
    /// @param message which one and why, for the container's status
    record Unresolvable(String message) implements ContainerEnvironment {}

    /// All variables, in the order of the spec.
    record Resolved(Map<String, String> variables) implements ContainerEnvironment {

        public Resolved {
            variables = Map.copyOf(variables);
        }
    }

    /// Looks into Secrets.
    @FunctionalInterface
    interface Secrets {

        Optional<String> value(String namespace, String name, String key);
    }

    /// @param address the pod's IP
    static ContainerEnvironment of(Container container, Pod pod, String address, Secrets secrets) {
        if (!container.getEnvFrom().isEmpty()) {
            return new Unresolvable("envFrom is not supported by the local node; name each variable in env");
        }
        var variables = new LinkedHashMap<String, String>();
        try {
            for (var variable : container.getEnv()) {
                value(variable, pod, address, secrets, variables)
                        .ifPresent(value -> variables.put(variable.getName(), value));
            }
        } catch (MissingValue e) {
            return new Unresolvable(e.getMessage());
        }
        return new Resolved(variables);
    }

    private static Optional<String> value(
            EnvVar variable, Pod pod, String address, Secrets secrets, Map<String, String> defined)
            throws MissingValue {
        var source = variable.getValueFrom();
        if (source == null) {
            return Optional.of(
                    Expansion.expand(Optional.ofNullable(variable.getValue()).orElse(""), defined));
        }
        if (source.getSecretKeyRef() != null) {
            return secret(variable, source, pod, secrets);
        }
        if (source.getFieldRef() != null) {
            return Optional.of(field(source.getFieldRef().getFieldPath(), pod, address));
        }
        throw new MissingValue("variable %s: the local node knows value, secretKeyRef and fieldRef only"
                .formatted(variable.getName()));
    }

    private static Optional<String> secret(EnvVar variable, EnvVarSource source, Pod pod, Secrets secrets)
            throws MissingValue {
        var reference = source.getSecretKeyRef();
        var found = secrets.value(pod.getMetadata().getNamespace(), reference.getName(), reference.getKey());
        if (found.isEmpty() && !Boolean.TRUE.equals(reference.getOptional())) {
            throw new MissingValue("variable %s: secret %s has no key %s; create it or correct the reference"
                    .formatted(variable.getName(), reference.getName(), reference.getKey()));
        }
        return found;
    }

    private static String field(String path, Pod pod, String address) throws MissingValue {
        var metadata = pod.getMetadata();
        return switch (path) {
            case "metadata.name" -> metadata.getName();
            case "metadata.namespace" -> metadata.getNamespace();
            case "metadata.uid" -> metadata.getUid();
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "status.podIP", "status.hostIP" -> address;
            default -> throw new MissingValue("the local node does not know the field " + path);
        };
    }

    /// Ends the resolution with the sentence for the status; never leaves this type.
    final class MissingValue extends Exception {

        private static final long serialVersionUID = 1L;

        MissingValue(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
