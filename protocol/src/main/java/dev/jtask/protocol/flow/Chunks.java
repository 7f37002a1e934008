package dev.jtask.protocol.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// A `chunks` signature as the group of `celery.starmap` calls that it means.
final class Chunks {

    private Chunks() {}

    static Signature group(Signature chunks) {
        var items = chunks.kwargs().path("it");
        int size = Math.max(1, chunks.kwargs().path("n").asInt(1));
        var kwargs = JsonNodeFactory.instance.objectNode();
        var tasks = kwargs.putArray("tasks");
        for (int from = 0; from < items.size(); from += size) {
            var call = tasks.addObject().put("task", "celery.starmap");
            call.putArray("args");
            var part = call.putObject("kwargs");
            part.set("task", chunks.kwargs().path("task"));
            var slice = part.putArray("it");
            for (int i = from; i < Math.min(items.size(), from + size); i++) {
                slice.add(items.get(i));
            }
            call.set("options", JsonNodeFactory.instance.objectNode());
            call.put("immutable", true);
        }
        return new Signature(
                "celery.group", chunks.args(), kwargs, chunks.options(), Signature.Type.GROUP, chunks.arguments());
    }
}
