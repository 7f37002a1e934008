package dev.jtask.local.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.local.kubernetes.schema.Element;
import dev.jtask.local.kubernetes.schema.FieldType;
import java.util.Map;
import java.util.TreeMap;

/// What became of an object.
///
/// @param written the fields that are new or have another value
/// @param removed the fields that are gone
record Comparison(FieldSet written, FieldSet removed) {

    static Comparison of(FieldType type, JsonNode before, JsonNode after) {
        var old = Typed.of(type, before);
        var fresh = Typed.of(type, after);
        return new Comparison(changed(old, fresh).or(added(old, fresh)), added(fresh, old));
    }

    /// What is in the second and not in the first: also objects and lists, when the whole of them is new.
    private static FieldSet added(Typed before, Typed after) {
        var old = before.parts();
        var parts = new TreeMap<Element, FieldSet>();
        after.parts().forEach((element, part) -> {
            var found = old.get(element);
            var isNew = found == null && !after.alwaysHas(element);
            var inner = added(found == null ? Typed.NOTHING : found, part);
            parts.put(element, isNew ? inner.asMember() : inner);
        });
        return FieldSet.of(false, parts);
    }

    private static FieldSet changed(Typed before, Typed after) {
        if (before.isWhole() || after.isWhole()) {
            return before.value().equals(after.value()) ? FieldSet.EMPTY : FieldSet.MEMBER;
        }
        Map<Element, Typed> old = before.parts();
        var parts = new TreeMap<Element, FieldSet>();
        after.parts().forEach((element, part) -> {
            var found = old.get(element);
            if (found != null) {
                parts.put(element, changed(found, part));
            }
        });
        return FieldSet.of(false, parts);
    }
}
