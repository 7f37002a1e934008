package dev.jtask.protocol.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a kept result tells of its task with Celery's `result_extended`.
///
/// @param args as they may be shown; JSON null where nobody is to see them
/// @param kwargs likewise
/// @param worker the node that ran it
/// @param queue it was taken from
public record TaskDetails(String task, JsonNode args, JsonNode kwargs, String worker, int retries, String queue) {

    void writeTo(ObjectNode meta) {
        meta.put("name", task);
        meta.set("args", args);
        meta.set("kwargs", kwargs);
        meta.put("worker", worker).put("retries", retries).put("queue", queue);
    }
}
