package dev.jtask.protocol.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A chord's header made ready: every task whose end counts has an id, the chord's body and its place, be it a member
/// itself, the last step of a chain or the body of a chord. Groups among the members are taken apart, as Celery does; a
/// group at the end of a chain counts with all its tasks, and the body gets its results as a list of their own.
final class ChordHeader {

    private final String group;
    private final JsonNode body;
    private final ArrayNode tuples = JsonNodeFactory.instance.arrayNode();
    private final List<Signature> members = new ArrayList<>();
    private boolean nested;
    private int size;

    private ChordHeader(String group, JsonNode body) {
        this.group = group;
        this.body = body;
    }

    /// @param body with its id
    static ChordHeader of(List<Signature> members, String group, JsonNode body) {
        var header = new ChordHeader(group, body);
        for (var member : flat(members)) {
            header.members.add(header.ready(member, header.members.size(), header.tuples));
        }
        return header;
    }

    /// Members with groups taken apart.
    static List<Signature> flat(List<Signature> members) {
        var flat = new ArrayList<Signature>();
        for (var member : members) {
            switch (member.type()) {
                case GROUP -> flat.addAll(flat(member.members()));
                case CHUNKS -> flat.addAll(Chunks.group(member).members());
                case TASK, CHAIN, CHORD -> flat.add(member);
            }
        }
        return flat;
    }

    List<Signature> members() {
        return members;
    }

    /// Whether it has no part, though it may have members: chains without steps, or with an empty group at their end.
    boolean isEmpty() {
        return size == 0;
    }

    Plan.Chord chord() {
        return new Plan.Chord(group, size, nested ? tuples : null);
    }

    private Signature ready(Signature member, int index, ArrayNode results) {
        return switch (member.type()) {
            case TASK -> task(member, index, results);
            case CHAIN -> chain(member, index, results);
            case CHORD -> chord(member, index, results);
            case GROUP -> group(member, results);
            case CHUNKS -> group(Chunks.group(member), results);
        };
    }

    private Signature task(Signature task, int index, ArrayNode results) {
        size++;
        var known = withId(task);
        results.add(tuple(known));
        return known.with("group_id", TextNode.valueOf(group))
                .with("group_index", IntNode.valueOf(index))
                .with("chord", body);
    }

    private Signature chain(Signature chain, int index, ArrayNode results) {
        var steps = Steps.of(chain.members());
        if (steps.isEmpty()) {
            return chain;
        }
        var last = steps.removeLast();
        if (last.id() == null) {
            last = last.with("task_id", chain.options().get("task_id"));
        }
        var kwargs = Signature.shallow(chain.kwargs());
        var tasks = kwargs.putArray("tasks");
        steps.forEach(step -> tasks.add(step.json()));
        tasks.add(ready(last, index, results).json());
        return chain.withKwargs(kwargs);
    }

    private Signature chord(Signature chord, int index, ArrayNode results) {
        var inner = Signature.of(chord.kwargs().path("body"));
        if (inner.id() == null) {
            inner = inner.with("task_id", chord.options().get("task_id"));
        }
        var kwargs = Signature.shallow(chord.kwargs());
        kwargs.set("body", ready(inner, index, results).json());
        return chord.withKwargs(kwargs);
    }

    private Signature group(Signature group, ArrayNode results) {
        nested = true;
        var known = withId(group);
        var tuple = tuple(known);
        var children = JsonNodeFactory.instance.arrayNode();
        tuple.set(1, children);
        results.add(tuple);
        var kwargs = Signature.shallow(group.kwargs());
        var tasks = kwargs.putArray("tasks");
        for (var member : flat(group.members())) {
            tasks.add(ready(member, tasks.size(), children).json());
        }
        return known.withKwargs(kwargs);
    }

    private static Signature withId(Signature signature) {
        return signature.text("task_id") == null
                ? signature.with("task_id", TextNode.valueOf(UUID.randomUUID().toString()))
                : signature;
    }

    /// `[[id, parent], children]`, as Celery saves results.
    private static ArrayNode tuple(Signature known) {
        var tuple = JsonNodeFactory.instance.arrayNode();
        tuple.addArray().add(known.text("task_id")).addNull();
        return tuple.addNull();
    }
}
