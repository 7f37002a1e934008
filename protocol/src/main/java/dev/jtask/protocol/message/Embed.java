package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/// The third element of a task body: what happens after the task. Each part is kept as JSON, `null` when absent.
///
/// @param callbacks signatures to apply to the result
/// @param errbacks signatures to apply to a failure
/// @param chain signatures that follow, in reverse: the last element runs next
/// @param chord the body signature of the chord this task is a header member of
public record Embed(JsonNode callbacks, JsonNode errbacks, JsonNode chain, JsonNode chord) {

    public static final Embed NONE =
            new Embed(NullNode.instance, NullNode.instance, NullNode.instance, NullNode.instance);

    /// @throws IllegalArgumentException when it holds what is no signature, or one that could not be launched
    static Embed of(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return NONE;
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException("embed must be an object");
        }
        var embed =
                new Embed(part(json, "callbacks"), part(json, "errbacks"), part(json, "chain"), part(json, "chord"));
        SignatureCheck.all(embed);
        return embed;
    }

    /// A chord's body that came as an argument.
    ///
    /// @throws IllegalArgumentException when it is no signature, or one that could not be launched
    public static JsonNode body(JsonNode json) {
        SignatureCheck.one(json, "the body");
        return json;
    }

    /// What of it can be told that it will not run. Where nothing is launched, a part that is none costs the others
    /// nothing.
    static Embed ofUnrun(JsonNode json) {
        return json.isObject()
                ? new Embed(
                        NullNode.instance,
                        SignatureCheck.sound(part(json, "errbacks")),
                        SignatureCheck.sound(part(json, "chain")),
                        SignatureCheck.sound(part(json, "chord")))
                : NONE;
    }

    private static JsonNode part(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.get(name) : NullNode.instance;
    }
}
