package dev.jtask.protocol.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.flow.Signature.Arguments;
import dev.jtask.protocol.message.CallOptions;
import dev.jtask.protocol.message.Embed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Turns signatures into messages, the way Celery's canvas does: a chain sends its first step with the rest in the
/// message, a group all its members, a chord its header's members with the body in each.
public final class Launcher {

    private final Lineage lineage;
    private final Plan plan;
    private final Instant now;

    public Launcher(Lineage lineage, Plan plan, Instant now) {
        this.lineage = lineage;
        this.plan = plan;
        this.now = now;
    }

    /// @param partial arguments that come before the signature's own, unless it is immutable
    public void launch(Signature signature, List<JsonNode> partial) {
        switch (signature.type()) {
            case TASK -> plan.add(message(signature, partial));
            case CHAIN -> chain(signature, partial);
            case GROUP -> group(signature, partial);
            case CHORD -> chord(signature, partial);
            case CHUNKS -> group(Chunks.group(signature), partial);
        }
    }

    /// @param chain steps in reverse, as a message has them: the last element is launched, with the others to follow
    public void launchNext(JsonNode chain, List<JsonNode> partial) {
        // in turn, not in one another: a message has room for thousands that have no steps
        int next = chain.size() - 1;
        while (next >= 0 && isEmpty(Signature.of(chain.get(next)))) {
            next--;
        }
        if (next >= 0) {
            var rest = JsonNodeFactory.instance.arrayNode(next);
            for (int i = 0; i < next; i++) {
                rest.add(chain.get(i));
            }
            launch(Signature.of(chain.get(next)).with("chain", rest), partial);
        }
    }

    private static boolean isEmpty(Signature step) {
        return step.type() == Signature.Type.CHAIN && Steps.of(step.members()).isEmpty();
    }

    private void chain(Signature chain, List<JsonNode> partial) {
        var steps = Steps.of(chain.members());
        if (steps.isEmpty()) {
            launchNext(chain.options().path("chain"), partial);
            return;
        }
        // what is asked of the chain is asked of its last step, and every step has its error callbacks
        steps.add(last(steps.removeLast(), chain).plus("link", chain.options().path("link")));
        var errors = chain.options().path("link_error");
        var first = steps.removeFirst().plus("link_error", errors);
        var rest = JsonNodeFactory.instance.arrayNode();
        if (chain.options().path("chain") instanceof ArrayNode after) {
            rest.addAll(after);
        }
        steps.descendingIterator()
                .forEachRemaining(
                        step -> rest.add(step.plus("link_error", errors).json()));
        launch(rest.isEmpty() ? first : first.with("chain", rest), partial);
    }

    private void group(Signature group, List<JsonNode> partial) {
        var id = id(group);
        int index = 0;
        for (var member : ChordHeader.flat(group.members())) {
            // a place that it has already is one in the header of a chord
            var placed = member.withDefault("group_id", TextNode.valueOf(id))
                    .withDefault("group_index", IntNode.valueOf(index++))
                    .with("chord", group.options().get("chord"))
                    .plus("link", group.options().path("link"))
                    .plus("link_error", group.options().path("link_error"));
            launch(placed, partial);
        }
    }

    private void chord(Signature chord, List<JsonNode> partial) {
        var body = body(chord)
                .plus("link", chord.options().path("link"))
                .plus("link_error", chord.options().path("link_error"));
        if (body.id() == null) {
            body = body.with("task_id", TextNode.valueOf(UUID.randomUUID().toString()));
        }
        var group = groupId(chord.kwargs().path("header"));
        var joined = body.withDefault("group_id", TextNode.valueOf(group)).json();
        var header = ChordHeader.of(Signature.list(chord.kwargs().path("header")), group, joined);
        if (header.isEmpty()) {
            // which nothing would ever end
            launch(body, List.of(JsonNodeFactory.instance.arrayNode()));
        } else {
            plan.add(header.chord());
        }
        header.members().forEach(member -> launch(member, partial));
    }

    /// The one that a client has given to the header already, or a new one.
    private static String groupId(JsonNode header) {
        var given = header.path("options").path("task_id");
        return given.isTextual() ? given.textValue() : UUID.randomUUID().toString();
    }

    /// The last step of a chain, of which is asked what is asked of the chain.
    static Signature last(Signature step, Signature chain) {
        var last = step;
        for (var option : List.of("group_id", "group_index", "chord", "reply_to")) {
            last = last.with(option, chain.options().get(option));
        }
        return last.id() == null ? last.with("task_id", chain.options().get("task_id")) : last;
    }

    /// The body of a chord, of which is asked what is asked of the chord.
    static Signature body(Signature chord) {
        var body = Signature.of(chord.kwargs().path("body"));
        for (var option : List.of("reply_to", "chain", "chord", "group_id", "group_index")) {
            body = body.with(option, chord.options().get(option));
        }
        return body.id() == null ? body.with("task_id", chord.options().get("task_id")) : body;
    }

    private Routed message(Signature signature, List<JsonNode> partial) {
        var args = JsonNodeFactory.instance.arrayNode();
        if (signature.arguments() == Arguments.PARTIAL) {
            args.addAll(partial);
        }
        args.addAll(signature.args());
        var json = signature.options();
        var options = CallOptions.of(json, now);
        var usual = lineage.usual().apply(signature.task());
        var id = options.taskId() == null ? UUID.randomUUID().toString() : options.taskId();
        var message = TaskMessage.builder(id, signature.task())
                .args(args)
                .kwargs(signature.kwargs())
                .embed(new Embed(
                        list(json.path("link")),
                        list(json.path("link_error")),
                        orNull(json, "chain"),
                        orNull(json, "chord")))
                .rootId(lineage.rootId() == null ? id : lineage.rootId())
                .parentId(lineage.parentId())
                .group(options.groupId(), options.groupIndex())
                .replyTo(options.replyTo() == null ? lineage.replyTo() : options.replyTo())
                .priority(options.priority() == 0 ? usual.priority() : options.priority())
                .eta(options.eta())
                .expires(options.expires())
                .timeLimits(options.timeLimits())
                .ignoreResult(options.ignoreResult())
                .origin(lineage.origin())
                .customHeaders(Inheritance.inherit(lineage.headers(), options.headers()))
                .stamps(lineage.stampedHeaders(), lineage.stamps())
                .build();
        return new Routed(route(options, usual), message);
    }

    private static Route route(CallOptions options, Usual usual) {
        var queue = options.queue();
        var exchange = options.exchange();
        var key = options.routingKey();
        if (queue == null && exchange != null && key != null) {
            return new Route(exchange, key);
        }
        var name = queue == null ? key : queue;
        return Route.toQueue(name == null ? usual.queue() : name);
    }

    private static String id(Signature signature) {
        var id = signature.text("task_id");
        return id == null ? UUID.randomUUID().toString() : id;
    }

    private static JsonNode orNull(ObjectNode options, String name) {
        return options.hasNonNull(name) ? options.get(name) : NullNode.instance;
    }

    private static JsonNode list(JsonNode value) {
        if (value instanceof ObjectNode single) {
            return JsonNodeFactory.instance.arrayNode().add(single);
        }
        return value instanceof ArrayNode array ? array : NullNode.instance;
    }
}
