package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How lists and objects of the built-in kinds are merged: what the Go types' markers `listType`, `listMapKey`,
/// `mapType` and `structType` say, which fabric8's model leaves out. What is not here is the default: lists are
/// replaced, objects are merged.
final class Markers {

    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("ObjectMeta.ownerReferences", List.of("uid")),
            Map.entry("PodSpec.containers", List.of("name")),
            Map.entry("PodSpec.initContainers", List.of("name")),
            Map.entry("PodSpec.ephemeralContainers", List.of("name")),
            Map.entry("PodSpec.volumes", List.of("name")),
            Map.entry("PodSpec.imagePullSecrets", List.of("name")),
            Map.entry("PodSpec.hostAliases", List.of("ip")),
            Map.entry("PodSpec.topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("PodSpec.schedulingGates", List.of("name")),
            Map.entry("PodSpec.resourceClaims", List.of("name")),
            Map.entry("PodStatus.podIPs", List.of("ip")),
            Map.entry("Container.ports", List.of("containerPort", "protocol")),
            Map.entry("Container.env", List.of("name")),
            Map.entry("Container.volumeMounts", List.of("mountPath")),
            Map.entry("Container.volumeDevices", List.of("devicePath")),
            Map.entry("ResourceRequirements.claims", List.of("name")),
            Map.entry("ServiceSpec.ports", List.of("port", "protocol")),
            Map.entry("ServiceAccount.secrets", List.of("name")));

    private static final Set<String> SETS = Set.of("ObjectMeta.finalizers");

    private static final Set<String> ATOMIC = Set.of(
            "ConfigMapKeySelector",
            "LabelSelector",
            "LocalObjectReference",
            "NodeSelector",
            "NodeSelectorTerm",
            "ObjectFieldSelector",
            "ObjectReference",
            "OwnerReference",
            "PodSpec.nodeSelector",
            "ResourceFieldSelector",
            "SecretKeySelector",
            "SecretReference",
            "ServiceSpec.selector",
            "TypedLocalObjectReference");

    private Markers() {}

    /// @param field such as `PodSpec.containers`
    static Identity of(String field) {
        // every status has conditions, and all of them are told apart by type
        var keys = field.endsWith("Status.conditions") ? List.of("type") : KEYS.getOrDefault(field, List.of());
        if (!keys.isEmpty()) {
            var defaults = new HashMap<String, JsonNode>();
            keys.forEach(key ->
                    defaults.put(key, key.equals("protocol") ? TextNode.valueOf("TCP") : MissingNode.getInstance()));
            return new Identity.ByKeys(defaults);
        }
        return SETS.contains(field) ? new Identity.ByValue() : new Identity.Atomic();
    }

    /// @param name a type's, or a field's such as `PodSpec.nodeSelector`
    static FieldType.Wholeness wholeness(String name) {
        return ATOMIC.contains(name) ? FieldType.Wholeness.ATOMIC : FieldType.Wholeness.GRANULAR;
    }
}
