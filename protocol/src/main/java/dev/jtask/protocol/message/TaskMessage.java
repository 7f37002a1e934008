package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One task to run: Celery's message protocol, version 2, as a value. JSON parts are never changed after construction.
///
/// @param id any unique string, a UUID by default
/// @param task the registered name
/// @param embed what follows the task
/// @param rootId the first task of the workflow
/// @param parentId the task that sent this one
/// @param groupIndex position in the group
/// @param retries how often it was retried, from 0
/// @param eta not to be run before
/// @param expires not to be run after
/// @param shadow the name to display
/// @param origin who sent it first
/// @param ignoreResult an explicit value beats the task's own setting
/// @param argsRepr display text of the arguments
/// @param replyTo queue for results; empty when nobody waits
/// @param priority 0..255, higher is sooner
/// @param customHeaders headers that are not Celery's own
/// @param others properties that mean nothing to the task, and that its next attempt keeps
public record TaskMessage(
        String id,
        String task,
        ArrayNode args,
        ObjectNode kwargs,
        Embed embed,
        @Nullable String rootId,
        @Nullable String parentId,
        @Nullable String group,
        @Nullable Integer groupIndex,
        int retries,
        @Nullable Instant eta,
        @Nullable Instant expires,
        TimeLimits timeLimits,
        @Nullable String shadow,
        @Nullable String origin,
        @Nullable Boolean ignoreResult,
        int replacedTaskNesting,
        @Nullable List<String> stampedHeaders,
        Map<String, @Nullable Object> stamps,
        @Nullable String argsRepr,
        @Nullable String kwargsRepr,
        String replyTo,
        String correlationId,
        int priority,
        Map<String, @Nullable Object> customHeaders,
        WireProperties.Others others) {

    /// @throws IllegalArgumentException naming what no reader would take
    public TaskMessage {
        if (id.isEmpty() || task.isEmpty()) {
            throw new IllegalArgumentException("a task message needs an id and a task name");
        }
        Bounds.id("task", task);
        Bounds.id("id", id);
        Bounds.id("root_id", rootId);
        Bounds.id("parent_id", parentId);
        Bounds.id("group", group);
        Bounds.count("group_index", groupIndex);
        Bounds.count("retries", retries);
        Bounds.count("replaced_task_nesting", replacedTaskNesting);
        Bounds.time("eta", eta);
        Bounds.time("expires", expires);
        Bounds.text("shadow", shadow);
        Bounds.text("origin", origin);
        Bounds.text("argsrepr", argsRepr);
        Bounds.text("kwargsrepr", kwargsRepr);
        stamps = HeaderTable.copyOf(stamps);
        customHeaders = HeaderTable.copyOf(customHeaders);
    }

    /// A message without arguments and options.
    public static Builder builder(String id, String task) {
        return new Builder(id, task);
    }

    /// Whether its arguments were encrypted, so that nobody is shown them or what comes of them.
    public boolean isSecret() {
        return Protection.of(customHeaders).contains(Protection.ENCRYPTED);
    }

    /// A builder that starts with all of this message.
    public Builder toBuilder() {
        return new Builder(this);
    }

    /// Builds a message; everything but id and task has the default that a Python producer sends.
    public static final class Builder {
        private final String id;
        private final String task;
        private ArrayNode args = JsonNodeFactory.instance.arrayNode();
        private ObjectNode kwargs = JsonNodeFactory.instance.objectNode();
        private Embed embed = Embed.NONE;
        private @Nullable String rootId;
        private @Nullable String parentId;
        private @Nullable String group;
        private @Nullable Integer groupIndex;
        private int retries;
        private @Nullable Instant eta;
        private @Nullable Instant expires;
        private TimeLimits timeLimits = TimeLimits.NONE;
        private @Nullable String shadow;
        private @Nullable String origin;
        private @Nullable Boolean ignoreResult;
        private int replacedTaskNesting;
        private @Nullable List<String> stampedHeaders;
        private Map<String, @Nullable Object> stamps = Map.of();
        private @Nullable String argsRepr;
        private @Nullable String kwargsRepr;
        private String replyTo = "";
        private String correlationId;
        private int priority;
        private Map<String, @Nullable Object> customHeaders = Map.of();
        private WireProperties.Others others = WireProperties.Others.NONE;

        private Builder(String id, String task) {
            this.id = id;
            this.task = task;
            this.correlationId = id;
            this.rootId = id;
        }

        private Builder(TaskMessage from) {
            id = from.id;
            task = from.task;
            args = from.args;
            kwargs = from.kwargs;
            embed = from.embed;
            rootId = from.rootId;
            parentId = from.parentId;
            group = from.group;
            groupIndex = from.groupIndex;
            retries = from.retries;
            eta = from.eta;
            expires = from.expires;
            timeLimits = from.timeLimits;
            shadow = from.shadow;
            origin = from.origin;
            ignoreResult = from.ignoreResult;
            replacedTaskNesting = from.replacedTaskNesting;
            stampedHeaders = from.stampedHeaders;
            stamps = from.stamps;
            argsRepr = from.argsRepr;
            kwargsRepr = from.kwargsRepr;
            replyTo = from.replyTo;
            correlationId = from.correlationId;
            priority = from.priority;
            customHeaders = from.customHeaders;
            others = from.others;
        }

        public Builder args(ArrayNode value) {
            args = value;
            return this;
        }

        public Builder kwargs(ObjectNode value) {
            kwargs = value;
            return this;
        }

        public Builder embed(Embed value) {
            embed = value;
            return this;
        }

        public Builder rootId(@Nullable String value) {
            rootId = value;
            return this;
        }

        public Builder parentId(@Nullable String value) {
            parentId = value;
            return this;
        }

        public Builder group(@Nullable String value, @Nullable Integer index) {
            group = value;
            groupIndex = index;
            return this;
        }

        public Builder retries(int value) {
            retries = value;
            return this;
        }

        public Builder eta(@Nullable Instant value) {
            eta = value;
            return this;
        }

        public Builder expires(@Nullable Instant value) {
            expires = value;
            return this;
        }

        public Builder timeLimits(TimeLimits value) {
            timeLimits = value;
            return this;
        }

        public Builder shadow(@Nullable String value) {
            shadow = value;
            return this;
        }

        public Builder origin(@Nullable String value) {
            origin = value;
            return this;
        }

        public Builder ignoreResult(@Nullable Boolean value) {
            ignoreResult = value;
            return this;
        }

        public Builder replacedTaskNesting(int value) {
            replacedTaskNesting = value;
            return this;
        }

        public Builder stamps(@Nullable List<String> names, Map<String, @Nullable Object> values) {
            stampedHeaders = names;
            stamps = values;
            return this;
        }

        public Builder repr(@Nullable String positional, @Nullable String keyword) {
            argsRepr = positional;
            kwargsRepr = keyword;
            return this;
        }

        public Builder replyTo(String value) {
            replyTo = value;
            return this;
        }

        public Builder correlationId(String value) {
            correlationId = value;
            return this;
        }

        public Builder priority(int value) {
            priority = value;
            return this;
        }

        public Builder customHeaders(Map<String, @Nullable Object> value) {
            customHeaders = value;
            return this;
        }

        public Builder others(WireProperties.Others value) {
            others = value;
            return this;
        }

        public TaskMessage build() {
            return new TaskMessage(
                    id,
                    task,
                    args,
                    kwargs,
                    embed,
                    rootId,
                    parentId,
                    group,
                    groupIndex,
                    retries,
                    eta,
                    expires,
                    timeLimits,
                    shadow,
                    origin,
                    ignoreResult,
                    replacedTaskNesting,
                    stampedHeaders,
                    stamps,
                    argsRepr,
                    kwargsRepr,
                    replyTo,
                    correlationId,
                    priority,
                    customHeaders,
                    others);
        }
    }
}
