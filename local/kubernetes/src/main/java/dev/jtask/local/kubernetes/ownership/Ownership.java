package dev.jtask.local.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.schema.FieldType;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Writes to objects of one type, with a record of who owns which field.
public final class Ownership {

    /// What the server itself is in charge of.
    private static final FieldSet NEVER_OWNED = Stream.of(
                    "apiVersion",
                    "kind",
                    "metadata",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.creationTimestamp",
                    "metadata.uid",
                    "metadata.generation",
                    "metadata.managedFields",
                    "metadata.resourceVersion")
            .map(FieldSet::of)
            .reduce(FieldSet.EMPTY, FieldSet::or);

    private final FieldType type;

    public Ownership(FieldType type) {
        this.type = type;
    }

    /// What an apply comes to.
    public sealed interface Result {

        record Applied(ObjectNode object) implements Result {}

        /// Others own fields that it would change.
        record Conflicting(Conflicts conflicts) implements Result {}
    }

    /// What to do about fields of others.
    public enum Claim {
        MODEST,
        FORCED
    }

    /// An object as somebody wants it, owned by them where it differs from the one before.
    ///
    /// @param live without anything but its kind when the object is new
    public ObjectNode update(ObjectNode live, ObjectNode wanted, Owner owner, Instant now) {
        var comparison = Comparison.of(type, bare(live), bare(wanted));
        var owners = taken(ManagedFields.of(live), comparison);
        var own = comparison.written().minus(NEVER_OWNED);
        return recorded(
                wanted,
                own.isEmpty() ? owners : owners.with(owner, owners.of(owner).or(own), now));
    }

    /// An object after what somebody applies: they own all of it, and what they applied before and do no more is
    /// removed unless somebody else owns it too.
    public Result apply(ObjectNode live, ObjectNode applied, Owner owner, Claim claim, Instant now) {
        var before = ManagedFields.of(live);
        var mentioned = fields(applied);
        var merged = Merge.of(Typed.of(type, bare(live)), Typed.of(type, applied));
        var pruned = pruned(
                merged, before.of(owner), before.with(owner, mentioned, now).all());
        var comparison = Comparison.of(type, bare(live), pruned);
        var conflicts = conflicts(before, owner, comparison.written());
        if (claim == Claim.MODEST && !conflicts.isEmpty()) {
            return new Result.Conflicting(conflicts);
        }
        var others = taken(before, comparison);
        return new Result.Applied(recorded((ObjectNode) pruned, others.with(owner, mentioned.minus(NEVER_OWNED), now)));
    }

    /// Whether two objects differ in nothing but when their owners wrote.
    public static boolean isSame(ObjectNode before, ObjectNode after) {
        return bare(before).equals(bare(after)) && ManagedFields.of(before).hasSameFields(ManagedFields.of(after));
    }

    private JsonNode pruned(JsonNode merged, FieldSet before, FieldSet owned) {
        if (before.isEmpty()) {
            return merged;
        }
        var dropped = named(before);
        var all = named(fields(merged));
        var kept = named(fields(Removal.from(type, merged, dropped))).or(named(owned));
        var left = named(fields(Removal.from(type, merged, all.minus(kept))));
        // fields that nobody owns stay: only what was applied before can go
        return Removal.from(type, merged, all.minus(left).and(dropped));
    }

    private FieldSet fields(JsonNode object) {
        return Mentioned.in(Typed.of(type, object));
    }

    private FieldSet named(FieldSet fields) {
        return Mentioned.withNamed(type, fields);
    }

    private static Conflicts conflicts(ManagedFields owners, Owner applying, FieldSet written) {
        var conflicts = new TreeMap<Owner, List<String>>(Owner.ORDER);
        owners.entries().forEach((owner, entry) -> {
            var shared = entry.fields().and(written);
            if (!owner.equals(applying) && !shared.isEmpty()) {
                conflicts.put(owner, shared.texts());
            }
        });
        return new Conflicts(conflicts);
    }

    /// What is written or removed by one is no longer another's.
    private static ManagedFields taken(ManagedFields owners, Comparison comparison) {
        return owners.without(comparison.written().or(comparison.removed()));
    }

    private static ObjectNode bare(ObjectNode object) {
        var bare = object.deepCopy();
        bare.withObjectProperty("metadata").remove("managedFields");
        return bare;
    }

    private static ObjectNode recorded(ObjectNode object, ManagedFields owners) {
        var recorded = bare(object);
        var list = owners.json();
        if (!list.isEmpty()) {
            recorded.withObjectProperty("metadata").set("managedFields", list);
        }
        return recorded;
    }
}
