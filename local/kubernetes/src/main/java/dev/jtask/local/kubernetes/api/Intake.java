package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.local.kubernetes.schema.Conformity;
import dev.jtask.local.kubernetes.schema.Departure;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes in what clients send: types have to be right, and fields that the schema does not have are refused or left
/// out, as the client asks for.
final class Intake {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Schemas schemas;

    Intake(Schemas schemas) {
        this.schemas = schemas;
    }

    /// A whole object.
    ObjectNode object(Call call) {
        var object = object(Answers.parse(call.body()));
        var conformity = conformity(call, object);
        complaint(call, conformity).ifPresent(complaint -> {
            throw Refusal.badRequest("%1$s in version \"%2$s\" cannot be handled as a %1$s: %3$s"
                    .formatted(object.path("kind").asText(), call.path().version(), complaint));
        });
        return valid(call, conformity);
    }

    /// What a patch has made of an object.
    ObjectNode patched(Call call, JsonNode patched) {
        var conformity = conformity(call, object(patched));
        complaint(call, conformity).ifPresent(complaint -> {
            throw Refusal.invalid(
                    "", "", "patch: Invalid value: %s: %s".formatted(TextNode.valueOf(patched.toString()), complaint));
        });
        return valid(call, conformity);
    }

    /// The object that is applied; here the schema always holds.
    ObjectNode applied(Call call) {
        var object = object(Answers.parse(String.valueOf(YAML.unmarshal(call.body(), JsonNode.class))));
        if (object.at("/metadata").has("managedFields")) {
            throw Refusal.badRequest("metadata.managedFields must be nil");
        }
        var conformity = conformity(call, object);
        var departures = Stream.<Departure>concat(conformity.unknown().stream(), conformity.mistyped().stream())
                .map(Departure::applying)
                .toList();
        if (!departures.isEmpty()) {
            throw Refusal.untyped("failed to create typed patch object (%s/%s; %s/%s, Kind=%s): %s"
                    .formatted(
                            Optional.ofNullable(call.path().namespace()).orElse(""),
                            call.path().name(),
                            call.path().group(),
                            call.path().version(),
                            object.path("kind").asText(),
                            departures.size() == 1
                                    ? departures.getFirst()
                                    : "errors:\n  " + String.join("\n  ", departures)));
        }
        return conformity.declared();
    }

    private Conformity conformity(Call call, ObjectNode object) {
        return Conformity.of(schemas.of(call.path(), object), object);
    }

    /// What the decoder has against an object. Custom resources it does not know the types of.
    private Optional<String> complaint(Call call, Conformity conformity) {
        if (!schemas.isCustom(call.path()) && !conformity.mistyped().isEmpty()) {
            return Optional.of(conformity.mistyped().getFirst().decoding());
        }
        return call.isStrict() && !conformity.unknown().isEmpty()
                ? Optional.of(conformity.unknown().stream()
                        .map(Departure::decoding)
                        .collect(Collectors.joining(", ", "strict decoding error: ", "")))
                : Optional.empty();
    }

    private static ObjectNode valid(Call call, Conformity conformity) {
        var problems = conformity.mistyped().stream()
                .map(Departure.Mistyped::validating)
                .toList();
        if (!problems.isEmpty()) {
            throw Refusal.invalid(
                    conformity.declared().path("kind").asText() + "."
                            + call.path().group(),
                    conformity.declared().at("/metadata/name").asText(),
                    problems.size() == 1 ? problems.getFirst() : problems.toString());
        }
        return conformity.declared();
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("the request has no object");
    }
}
