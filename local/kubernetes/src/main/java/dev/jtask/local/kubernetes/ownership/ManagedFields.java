package dev.jtask.local.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The record of who set which fields last, as `metadata.managedFields` has it.
///
/// @param entries by owner; none is without fields
record ManagedFields(Map<Owner, Entry> entries) {

    /// @param time when the owner last changed something, to the second
    record Entry(FieldSet fields, String time) {}

    private static final Comparator<Map.Entry<Owner, Entry>> ORDER = Comparator.comparing(
                    (Map.Entry<Owner, Entry> entry) -> entry.getKey().operation())
            .thenComparing(entry -> entry.getValue().time())
            .thenComparing(Map.Entry::getKey, Owner.ORDER);

    ManagedFields {
        var owning = new LinkedHashMap<>(entries);
        owning.values().removeIf(entry -> entry.fields().isEmpty());
        entries = Map.copyOf(owning);
    }

    static ManagedFields of(JsonNode object) {
        var entries = new LinkedHashMap<Owner, Entry>();
        object.at("/metadata/managedFields")
                .forEach(entry -> entries.put(
                        new Owner(
                                Owner.Operation.of(entry.path("operation").asText()),
                                entry.path("manager").asText(),
                                entry.path("apiVersion").asText(),
                                entry.path("subresource").asText()),
                        new Entry(
                                FieldSet.parse(entry.path("fieldsV1")),
                                entry.path("time").asText())));
        return new ManagedFields(entries);
    }

    FieldSet of(Owner owner) {
        return Optional.ofNullable(entries.get(owner)).map(Entry::fields).orElse(FieldSet.EMPTY);
    }

    /// Everything that has an owner.
    FieldSet all() {
        return entries.values().stream().map(Entry::fields).reduce(FieldSet.EMPTY, FieldSet::or);
    }

    /// With other fields of one owner, as of now.
    ManagedFields with(Owner owner, FieldSet fields, Instant now) {
        var changed = new LinkedHashMap<>(entries);
        changed.put(owner, new Entry(fields, now.truncatedTo(ChronoUnit.SECONDS).toString()));
        return new ManagedFields(changed);
    }

    /// With fields that nobody owns any more.
    ManagedFields without(FieldSet fields) {
        var changed = new LinkedHashMap<>(entries);
        changed.replaceAll((owner, entry) -> new Entry(entry.fields().minus(fields), entry.time()));
        return new ManagedFields(changed);
    }

    boolean hasSameFields(ManagedFields other) {
        return entries.keySet().equals(other.entries.keySet())
                && entries.keySet().stream().allMatch(owner -> of(owner).equals(other.of(owner)));
    }

    ArrayNode json() {
        var json = JsonNodeFactory.instance.arrayNode();
        entries.entrySet().stream().sorted(ORDER).forEach(entry -> {
            var owner = entry.getKey();
            var node = json.addObject()
                    .put("manager", owner.manager())
                    .put("operation", owner.operation().toString())
                    .put("apiVersion", owner.apiVersion())
                    .put("time", entry.getValue().time())
                    .put("fieldsType", "FieldsV1");
            node.set("fieldsV1", entry.getValue().fields().json());
            if (!owner.subresource().isEmpty()) {
                node.put("subresource", owner.subresource());
            }
        });
        return json;
    }
}
