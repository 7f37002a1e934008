package dev.jtask.local.kubernetes.schema;

/// Where a value is in its object, in the three notations of the API server's messages.
///
/// @param indexed `spec.containers[0].image`
/// @param bare `spec.containers.image`
/// @param identified `.spec.containers[name="worker"].image`
public record FieldPath(String indexed, String bare, String identified) {

    static final FieldPath ROOT = new FieldPath("", "", "");

    FieldPath field(String name) {
        var separator = bare.isEmpty() ? "" : ".";
        return new FieldPath(indexed + separator + name, bare + separator + name, identified + "." + name);
    }

    FieldPath item(int index, Element element) {
        return new FieldPath(indexed + "[" + index + "]", bare, identified + element.text());
    }
}
