package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.run.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A task as `celery inspect` shows it.
final class TaskInfo {

    /// How arguments are shown.
    enum Shown {
        VALUES,
        TEXT
    }

    private final String nodeName;
    private final Shown arguments;

    TaskInfo(String nodeName, Shown arguments) {
        this.nodeName = nodeName;
        this.arguments = arguments;
    }

    /// @param began null for a task that has not started
    ObjectNode of(TaskMessage task, Delivery delivery, @Nullable Instant began) {
        var info = JsonNodeFactory.instance.objectNode().put("id", task.id());
        var shadow = task.shadow();
        info.put("name", shadow == null || shadow.isEmpty() ? task.task() : shadow);
        switch (task.isSecret() ? Shown.TEXT : arguments) {
            case VALUES -> {
                info.set("args", task.args());
                info.set("kwargs", task.kwargs());
            }
            case TEXT -> {
                var args = task.argsRepr();
                var kwargs = task.kwargsRepr();
                info.put("args", args == null ? PyRepr.tuple(task.args()) : args);
                info.put("kwargs", kwargs == null ? PyRepr.of(task.kwargs()) : kwargs);
            }
        }
        info.put("type", task.task()).put("hostname", nodeName);
        info.put("time_start", began == null ? null : began.toEpochMilli() / 1e3);
        info.put("acknowledged", false);
        info.putObject("delivery_info")
                .put("exchange", "")
                .put("routing_key", delivery.queue())
                .put("priority", task.priority())
                .put("redelivered", delivery.hasComeAgain());
        return info.put(
                "worker_pid", began == null ? null : ProcessHandle.current().pid());
    }
}
