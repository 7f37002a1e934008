package dev.jtask.protocol.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.json.TypedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// A result as Celery's Redis backend keeps and publishes it: JSON under a key that is also the channel's name.
///
/// @param group the group or chord that the task is part of
/// @param parentId the task that sent it
/// @param details of its task; null where results are short, as Celery's usually are
public record StoredResult(
        ResultMessage result,
        @Nullable String group,
        @Nullable String parentId,
        @Nullable TaskDetails details) {

    /// Celery's `result_expires`, in seconds.
    public static final long KEPT_SECONDS = 86_400;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    /// One that says nothing of its task.
    public StoredResult(ResultMessage result, @Nullable String group, @Nullable String parentId) {
        this(result, group, parentId, null);
    }

    /// Key and channel of a task's state.
    public static String key(String taskId) {
        return "celery-task-meta-" + taskId;
    }

    /// Key of the pieces that a task emits while it runs.
    public static String piecesKey(String taskId) {
        return key(taskId) + ".pieces";
    }

    /// Key of the tree of results that a group or chord has, where it is more than a list.
    public static String groupKey(String group) {
        return chordKey(group, "");
    }

    /// Key of the number of parts that a chord waits for.
    public static String chordSizeKey(String group) {
        return chordKey(group, ".s");
    }

    /// Key of the parts that are there.
    public static String chordPartsKey(String group) {
        return chordKey(group, ".j");
    }

    /// Key of the number of parts that came in addition, when a part replaced itself by several.
    public static String chordExtraKey(String group) {
        return chordKey(group, ".t");
    }

    /// @param now when it ended, if it has
    public String json(Instant now) {
        var meta = JsonNodeFactory.instance.objectNode().put("status", result.status());
        meta.set("result", result.result());
        meta.put("traceback", result.traceback());
        meta.set("children", result.children());
        PieceMark.put(result.pieces(), meta);
        meta.put(
                ResultCodec.DONE,
                TaskState.isReady(result.status()) ? DATE.format(now.atOffset(ZoneOffset.UTC)) : null);
        if (group != null) {
            meta.put("group_id", group);
        }
        if (parentId != null) {
            meta.put("parent_id", parentId);
        }
        if (details != null) {
            details.writeTo(meta);
        }
        try {
            return TypedJson.mapper().writeValueAsString(meta.put("task_id", result.taskId()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("result of task %s is not JSON".formatted(result.taskId()), e);
        }
    }

    /// @throws IOException when the text is no result
    public static ResultMessage read(String json) throws IOException {
        return ResultCodec.read(TypedJson.mapper().readTree(json));
    }

    /// Whether a text that is no result may be followed by one: a state on the way that cannot be read.
    public static boolean isOnTheWay(String json) {
        try (var parser = TypedJson.mapper().createParser(json)) {
            return ResultCodec.isOnTheWay(parser);
        } catch (IOException e) {
            return false;
        }
    }

    private static String chordKey(String group, String kind) {
        return "celery-taskset-meta-" + group + kind;
    }
}
