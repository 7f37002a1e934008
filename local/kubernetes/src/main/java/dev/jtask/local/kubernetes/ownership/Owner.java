package dev.jtask.local.kubernetes.ownership;

import java.util.Comparator;

/// Who sets fields, and how: the same name is another owner when it applies than when it updates.
///
/// @param manager the name given with `fieldManager`, or the client's own
/// @param subresource through which it writes; empty for the object itself
public record Owner(Operation operation, String manager, String apiVersion, String subresource) {

    public enum Operation {
        APPLY("Apply"),
        UPDATE("Update");

        private final String text;

        Operation(String text) {
            this.text = text;
        }

        static Operation of(String text) {
            return text.equals(APPLY.text) ? APPLY : UPDATE;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static final Comparator<Owner> ORDER = Comparator.comparing(Owner::manager)
            .thenComparing(Owner::apiVersion)
            .thenComparing(Owner::subresource);

    /// As the messages of conflicts have it.
    String text() {
        var name = "\"%s\"".formatted(manager)
                + (subresource.isEmpty() ? "" : " with subresource \"%s\"".formatted(subresource));
        return operation == Operation.UPDATE ? name + " using " + apiVersion : name;
    }
}
