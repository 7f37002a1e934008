package dev.jtask.local.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.schema.Element;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A set of paths into an object, as a tree.
///
/// @param member whether the path that ends here is in the set
/// @param parts the longer paths by their next element; none of them is empty
record FieldSet(boolean member, SortedMap<Element, FieldSet> parts) {

    static final FieldSet EMPTY = new FieldSet(false, Collections.emptySortedMap());
    static final FieldSet MEMBER = new FieldSet(true, Collections.emptySortedMap());

    private static final String MEMBER_KEY = ".";

    static FieldSet of(boolean member, Map<Element, FieldSet> parts) {
        var kept = new TreeMap<>(parts);
        kept.values().removeIf(FieldSet::isEmpty);
        return new FieldSet(member, Collections.unmodifiableSortedMap(kept));
    }

    /// The set of one path of named fields, such as `metadata.name`.
    static FieldSet of(String path) {
        var set = MEMBER;
        for (var name : List.of(path.split("\\.")).reversed()) {
            set = of(false, Map.of(Element.field(name), set));
        }
        return set;
    }

    boolean isEmpty() {
        return !member && parts.isEmpty();
    }

    FieldSet part(Element element) {
        return parts.getOrDefault(element, EMPTY);
    }

    FieldSet asMember() {
        return new FieldSet(true, parts);
    }

    FieldSet or(FieldSet other) {
        return combine(other, (here, there) -> here || there);
    }

    FieldSet and(FieldSet other) {
        return combine(other, (here, there) -> here && there);
    }

    FieldSet minus(FieldSet other) {
        return combine(other, (here, there) -> here && !there);
    }

    /// The paths as messages have them, in order.
    List<String> texts() {
        var texts = new ArrayList<String>();
        collect("", texts);
        return texts;
    }

    /// As in `fieldsV1`.
    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        if (member && !parts.isEmpty()) {
            json.putObject(MEMBER_KEY);
        }
        parts.forEach((element, part) -> json.set(element.encoded(), part.json()));
        return json;
    }

    /// Reads a `fieldsV1`.
    static FieldSet parse(JsonNode fields) {
        var parts = new TreeMap<Element, FieldSet>();
        fields.properties().stream()
                .filter(field -> !field.getKey().equals(MEMBER_KEY))
                .forEach(field -> parts.put(
                        new Element(field.getKey()), field.getValue().isEmpty() ? MEMBER : parse(field.getValue())));
        return of(fields.has(MEMBER_KEY), parts);
    }

    private void collect(String path, List<String> texts) {
        if (member) {
            texts.add(path);
        }
        parts.forEach((element, part) -> part.collect(path + element.text(), texts));
    }

    private interface Rule {
        boolean isMember(boolean here, boolean there);
    }

    private FieldSet combine(FieldSet other, Rule rule) {
        var elements = new TreeSet<>(parts.keySet());
        elements.addAll(other.parts.keySet());
        var combined = new TreeMap<Element, FieldSet>();
        elements.forEach(element -> combined.put(element, part(element).combine(other.part(element), rule)));
        return of(rule.isMember(member, other.member), combined);
    }
}
