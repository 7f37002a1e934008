package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.ownership.Owner.Operation;
import dev.jtask.local.kubernetes.ownership.Ownership;
import dev.jtask.local.kubernetes.ownership.Ownership.Claim;
import dev.jtask.local.kubernetes.ownership.Ownership.Result;
import dev.jtask.local.kubernetes.schema.FieldType;
import java.time.Clock;

/// Creates and changes objects: takes in what is sent, works out what the object is then and who owns its fields, and
/// stores it if that is another.
final class Writes {

    /// What came of a write.
    record Written(JsonNode object, boolean isNew) {}

    private static final String SCALE = "scale";

    private final Store store;
    private final CrdSchemas crds;
    private final Schemas schemas;
    private final Intake intake;
    private final Garbage garbage;
    private final Clock clock;

    Writes(Store store, CrdSchemas crds, Garbage garbage, Clock clock) {
        this.store = store;
        this.crds = crds;
        this.schemas = new Schemas(crds);
        this.intake = new Intake(schemas);
        this.garbage = garbage;
        this.clock = clock;
    }

    Written create(Call call) {
        var path = call.path();
        var object = Names.given(path, intake.object(call));
        object.remove("status");
        complete(path, object);
        var owner = call.owner(Operation.UPDATE);
        return insert(call, ownership(path, object).update(blank(object), object, owner, clock.instant()));
    }

    Written replace(Call call) {
        var live = live(call.path());
        return call.path().subresource().equals(SCALE)
                ? scale(call, live, Answers.parse(call.body()))
                : change(call, live, Halves.after(call.path(), live, intake.object(call)));
    }

    Written patch(Call call) {
        if (call.contentType().startsWith("application/apply-patch")) {
            return apply(call);
        }
        var patch = Patch.of(call.contentType());
        var body = Answers.parse(call.body());
        var live = live(call.path());
        if (call.path().subresource().equals(SCALE)) {
            return scale(call, live, patch.apply(new FieldType.Anything(), Scales.read(live), body));
        }
        var patched = intake.patched(call, patch.apply(schemas.of(call.path(), live), live, body));
        return change(call, live, Halves.after(call.path(), live, patched));
    }

    private Written apply(Call call) {
        var path = call.path();
        if (!call.query().containsKey("fieldManager")) {
            throw Refusal.invalid(
                    "PatchOptions.meta.k8s.io", "", "fieldManager: Required value: is required for apply patch");
        }
        var applied = Halves.applied(path, intake.applied(call));
        var found = store.find(path.object());
        found.ifPresentOrElse(
                live -> ServerMetadata.check(path, live, applied), () -> ServerMetadata.checkNew(path, applied));
        var live = found.orElseGet(() -> blank(applied));
        var claim = call.query().getOrDefault("force", "").equals("true") ? Claim.FORCED : Claim.MODEST;
        return switch (ownership(path, applied)
                .apply(live, applied, call.owner(Operation.APPLY), claim, clock.instant())) {
            case Result.Conflicting(var conflicts) -> throw Refusal.conflict(conflicts);
            case Result.Applied(var object) -> {
                complete(path, object);
                yield found.isPresent() ? store(call, live, object) : insert(call, object);
            }
        };
    }

    private Written scale(Call call, ObjectNode live, JsonNode scale) {
        var written = change(call, live, Scales.write(live, scale));
        return new Written(Scales.read(written.object()), false);
    }

    private Written change(Call call, ObjectNode live, ObjectNode wanted) {
        var path = call.path();
        ServerMetadata.check(path, live, wanted);
        ServerMetadata.keep(live, wanted);
        complete(path, wanted);
        var owner = call.owner(Operation.UPDATE);
        return store(call, live, ownership(path, live).update(live, wanted, owner, clock.instant()));
    }

    private Written insert(Call call, ObjectNode object) {
        var path = call.path();
        var name = object.at("/metadata/name").asText();
        if (store.find(path.collection() + "/" + name).isPresent()) {
            throw Refusal.alreadyExists(path, name);
        }
        if (call.isDryRun()) {
            return new Written(object, true);
        }
        var created = store.create(path.collection(), object);
        crds.learn(path, created);
        return new Written(created, true);
    }

    /// Writes only what differs, as the API server does: a write without a change makes no new version and no event.
    private Written store(Call call, ObjectNode live, ObjectNode wanted) {
        if (Ownership.isSame(live, wanted)) {
            return new Written(live, false);
        }
        if (call.isDryRun()) {
            return new Written(wanted, false);
        }
        var path = call.path();
        var stored = store.replace(path.object(), wanted);
        crds.learn(path, stored);
        garbage.collect();
        return new Written(stored, false);
    }

    /// Adds what the server adds to what it is given.
    private void complete(ResourcePath path, ObjectNode object) {
        crds.fillDefaults(path, object);
        SecretData.encode(object);
        if (!schemas.isCustom(path)
                && schemas.of(path, object) instanceof FieldType.Struct type
                && type.names("status")) {
            object.withObjectProperty("status");
        }
    }

    private ObjectNode live(ResourcePath path) {
        return store.find(path.object()).orElseThrow(() -> Refusal.notFound(path));
    }

    private Ownership ownership(ResourcePath path, JsonNode object) {
        return new Ownership(schemas.of(path, object));
    }

    /// A new object before anything is written to it.
    private static ObjectNode blank(JsonNode object) {
        var blank = JsonNodeFactory.instance.objectNode();
        blank.set("apiVersion", object.path("apiVersion"));
        blank.set("kind", object.path("kind"));
        return blank;
    }
}
