package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.ownership.Conflicts;

/// A request that is answered with an error, in the API server's words.
final class Refusal extends RuntimeException {

    /// The status of an error of the server's own.
    static final int FAILED = 500;

    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient ObjectNode status;

    private Refusal(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.status = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }

    static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", "Unauthorized");
    }

    static Refusal forbidden(String message) {
        return new Refusal(403, "Forbidden", message);
    }

    static Refusal unknownPath(String path) {
        return new Refusal(404, "NotFound", "the embedded API has no " + path);
    }

    static Refusal notFound(ResourcePath path) {
        return new Refusal(404, "NotFound", "%s \"%s\" not found".formatted(path.groupResource(), path.name()));
    }

    static Refusal alreadyExists(ResourcePath path, String name) {
        return new Refusal(409, "AlreadyExists", "%s \"%s\" already exists".formatted(path.groupResource(), name));
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message);
    }

    /// @param kind with its group, such as `Deployment.apps`; empty for patches
    static Refusal invalid(String kind, String name, String problems) {
        return new Refusal(422, "Invalid", "%s \"%s\" is invalid: %s".formatted(kind, name, problems));
    }

    static Refusal unprocessable(String message) {
        return new Refusal(422, "", message);
    }

    static Refusal unsupportedPatch(String contentType) {
        return new Refusal(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + contentType);
    }

    /// What the API server answers to an apply that does not fit the schema: an error of its own, not the client's.
    static Refusal untyped(String message) {
        return new Refusal(FAILED, "", message);
    }

    static Refusal internal(RuntimeException cause) {
        return new Refusal(FAILED, "InternalError", "Internal error occurred: " + cause);
    }

    static Refusal failed() {
        return new Refusal(FAILED, "InternalError", "Internal error occurred: somebody asked for it");
    }

    static Refusal conflict(ResourcePath path, String cause) {
        return new Refusal(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s".formatted(path.groupResource(), path.name(), cause));
    }

    static Refusal conflict(Conflicts conflicts) {
        var refusal = new Refusal(409, "Conflict", conflicts.message());
        var causes = refusal.status.putObject("details").putArray("causes");
        conflicts
                .causes()
                .forEach(cause -> causes.addObject()
                        .put("reason", "FieldManagerConflict")
                        .put("message", cause.message())
                        .put("field", cause.field()));
        return refusal;
    }

    /// What the store says against a write.
    static Refusal of(int code, String message) {
        return new Refusal(code, "", message);
    }
}
