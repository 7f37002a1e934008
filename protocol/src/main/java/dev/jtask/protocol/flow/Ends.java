package dev.jtask.protocol.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tasks that will not run when a step of a flow does not: each has an id by which somebody may wait for it, and
/// may be part of a chord.
public final class Ends {

    /// @param id null when nobody can know it
    /// @param chord body of the chord that counts on it, or no object
    public record End(
            @Nullable String id,
            @Nullable String replyTo,
            JsonNode chord,
            @Nullable String group,
            @Nullable Integer groupIndex) {}

    private final List<End> ends = new ArrayList<>();

    private Ends() {}

    /// Of a signature that is not launched, with what was to follow it.
    public static List<End> of(Signature signature) {
        var found = new Ends();
        found.add(signature);
        return found.ends;
    }

    /// Of the steps in a message's `chain`.
    public static List<End> of(JsonNode chain) {
        var found = new Ends();
        found.addAll(chain);
        return found.ends;
    }

    private void add(Signature signature) {
        switch (signature.type()) {
            case TASK -> {
                ends.add(end(signature));
                addAll(signature.options().path("chain"));
            }
            case CHAIN -> {
                chain(signature);
                addAll(signature.options().path("chain"));
            }
            // which takes over what follows the chord
            case CHORD -> add(Launcher.body(signature));
            case GROUP -> ChordHeader.flat(signature.members()).forEach(member -> add(placed(member, signature)));
            case CHUNKS -> add(Chunks.group(signature));
        }
    }

    private void addAll(JsonNode chain) {
        Signature.list(chain).forEach(this::add);
    }

    private void chain(Signature chain) {
        var steps = Steps.of(chain.members());
        if (!steps.isEmpty()) {
            steps.add(Launcher.last(steps.removeLast(), chain));
            steps.forEach(this::add);
        }
    }

    private static Signature placed(Signature member, Signature group) {
        var id = group.text("task_id");
        var placed = member.with("chord", group.options().get("chord"));
        return id == null ? placed : placed.withDefault("group_id", TextNode.valueOf(id));
    }

    private static End end(Signature task) {
        var options = task.options();
        return new End(
                task.text("task_id"),
                task.text("reply_to"),
                options.path("chord"),
                task.text("group_id"),
                options.hasNonNull("group_index") ? options.get("group_index").asInt() : null);
    }
}
