package dev.jtask.local.kubernetes.ownership;

import dev.jtask.local.kubernetes.schema.Element;
import dev.jtask.local.kubernetes.schema.FieldType;
import java.util.TreeMap;

/// The fields that an object has.
final class Mentioned {

    private Mentioned() {}

    /// Values, list items and entries of maps; an object with named fields is there by its fields.
    static FieldSet in(Typed object) {
        if (object.isWhole()) {
            return FieldSet.MEMBER;
        }
        var parts = new TreeMap<Element, FieldSet>();
        object.parts().forEach((element, part) -> {
            var inner = in(part);
            var isEmpty = part.value().isObject() && part.value().isEmpty();
            parts.put(element, isEmpty || !object.names(element) ? inner.asMember() : inner);
        });
        return FieldSet.of(false, parts);
    }

    /// The set with every named field that is on the way to one of its paths.
    static FieldSet withNamed(FieldType type, FieldSet set) {
        var parts = new TreeMap<Element, FieldSet>();
        set.parts().forEach((element, part) -> {
            var inner = withNamed(part(type, element), part);
            var isNamed =
                    type instanceof FieldType.Struct struct && element.isField() && struct.names(element.content());
            parts.put(element, isNamed ? inner.asMember() : inner);
        });
        return FieldSet.of(set.member(), parts);
    }

    private static FieldType part(FieldType type, Element element) {
        return switch (type) {
            case FieldType.Struct struct when element.isField() -> struct.field(element.content());
            case FieldType.Sequence list -> list.items();
            case FieldType.Struct _, FieldType.Leaf _, FieldType.Anything _, FieldType.Undeclared _ ->
                new FieldType.Anything();
        };
    }
}
