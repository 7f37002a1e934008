package dev.jtask.protocol.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of a chain: chains in it are unrolled, and a group that is followed by something becomes a chord with that
/// as its body. A message may bring as many as it has room for, hence each is looked at once.
final class Steps {

    private final Deque<Signature> steps = new ArrayDeque<>();
    private final List<Signature> body = new ArrayList<>();

    private Steps() {}

    static Deque<Signature> of(List<Signature> members) {
        var all = new Steps();
        for (var member : members) {
            if (member.type() == Signature.Type.CHAIN) {
                of(member.members()).forEach(all::add);
            } else {
                all.add(member);
            }
        }
        return all.joined();
    }

    /// Whatever follows a group or a chord is of its body.
    private void add(Signature next) {
        if (isJoin(steps.peekLast())) {
            body.add(next);
        } else {
            steps.add(next);
        }
    }

    private Deque<Signature> joined() {
        if (!body.isEmpty()) {
            steps.add(join(steps.removeLast()));
        }
        return steps;
    }

    private Signature join(Signature last) {
        var kwargs = JsonNodeFactory.instance.objectNode();
        if (last.type() == Signature.Type.CHORD) {
            body.add(0, Signature.of(last.kwargs().path("body")));
            kwargs.setAll(last.kwargs());
            kwargs.set("body", chain(body).json());
            return last.withKwargs(kwargs);
        }
        kwargs.set("header", last.json());
        kwargs.set("body", (body.size() == 1 ? body.get(0) : chain(body)).json());
        return of("celery.chord", Signature.Type.CHORD, kwargs);
    }

    private static boolean isJoin(@Nullable Signature signature) {
        return signature != null
                && switch (signature.type()) {
                    case GROUP, CHUNKS, CHORD -> true;
                    case TASK, CHAIN -> false;
                };
    }

    private static Signature chain(List<Signature> members) {
        var kwargs = JsonNodeFactory.instance.objectNode();
        var tasks = kwargs.putArray("tasks");
        for (var member : members) {
            if (member.type() == Signature.Type.CHAIN) {
                member.members().forEach(each -> tasks.add(each.json()));
            } else {
                tasks.add(member.json());
            }
        }
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
