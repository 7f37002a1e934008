package dev.jtask.protocol.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The steps of a chain: chains in it are unrolled, and a group that is followed by something becomes a chord with that
/// as its body.
final class Steps {

    private Steps() {}

    static Deque<Signature> of(List<Signature> members) {
        var steps = new ArrayDeque<Signature>();
        for (var member : members) {
            if (member.type() == Signature.Type.CHAIN) {
                of(member.members()).forEach(step -> add(steps, step));
            } else {
                add(steps, member);
            }
        }
        return steps;
    }

    private static void add(Deque<Signature> steps, Signature next) {
        if (steps.isEmpty()) {
            steps.add(next);
            return;
        }
        var before = steps.getLast();
        switch (before.type()) {
            case GROUP, CHUNKS -> {
                steps.removeLast();
                steps.add(chord(before, next));
            }
            case CHORD -> {
                steps.removeLast();
                steps.add(before.withKwargs(before.kwargs()
                        .deepCopy()
                        .<ObjectNode>set(
                                "body",
                                chain(Signature.of(before.kwargs().path("body")), next)
                                        .json())));
            }
            case TASK, CHAIN -> steps.add(next);
        }
    }

    private static Signature chord(Signature header, Signature body) {
        var kwargs = JsonNodeFactory.instance.objectNode();
        kwargs.set("header", header.json());
        kwargs.set("body", body.json());
        return of("celery.chord", Signature.Type.CHORD, kwargs);
    }

    private static Signature chain(Signature first, Signature second) {
        var kwargs = JsonNodeFactory.instance.objectNode();
        var tasks = kwargs.putArray("tasks");
        if (first.type() == Signature.Type.CHAIN) {
            first.members().forEach(member -> tasks.add(member.json()));
        } else {
            tasks.add(first.json());
        }
        tasks.add(second.json());
        return of("celery.chain", Signature.Type.CHAIN, kwargs);
    }

    private static Signature of(String task, Signature.Type type, ObjectNode kwargs) {
        return new Signature(
                task,
                JsonNodeFactory.instance.arrayNode(),
                kwargs,
                JsonNodeFactory.instance.objectNode(),
                type,
                Signature.Arguments.PARTIAL);
    }
}
