package dev.jtask.worker.celery.control;

import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `celery inspect registered` shows of a task besides its name, in Python's words.
final class TaskFields {

    private static final List<String> DEFAULT = List.of("rate_limit");

    private final LimitControl limits;

    TaskFields(LimitControl limits) {
        this.limits = limits;
    }

    /// @param asked names of attributes of a Python task; those that a Java task has no word for are left out
    String describe(TaskDefinition definition, List<String> asked) {
        var fields = (asked.isEmpty() ? DEFAULT : asked)
                .stream()
                        .map(name -> field(definition, name))
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" "));
        return fields.isEmpty() ? definition.name() : "%s [%s]".formatted(definition.name(), fields);
    }

    private @Nullable String field(TaskDefinition definition, String name) {
        var value = value(definition, name);
        return value == null ? null : name + "=" + value;
    }

    private @Nullable String value(TaskDefinition definition, String name) {
        var options = definition.options();
        return switch (name) {
            case "rate_limit" ->
                limits.rate(definition).map(limit -> limit.text()).orElse(null);
            case "max_retries" ->
                options.retries().maxRetries() < 0
                        ? null
                        : "" + options.retries().maxRetries();
            case "time_limit" -> seconds(options.timeLimit());
            case "soft_time_limit" -> seconds(options.softTimeLimit());
            case "ignore_result" -> truth(options.is(Trait.IGNORES_RESULT));
            case "track_started" -> truth(options.is(Trait.TRACKS_START));
            case "acks_late" -> truth(!options.is(Trait.ACKS_EARLY));
            case "priority" -> "" + options.priority();
            case "max_concurrent" ->
                options.shared().maxConcurrent() == 0
                        ? null
                        : "" + options.shared().maxConcurrent();
            case "max_rate" ->
                options.shared().maxRate() == null
                        ? null
                        : options.shared().maxRate().text();
            case "limit_key" ->
                options.shared().key() == null ? null : options.shared().key().argument();
            case "queue" -> options.queue();
            case "name" -> definition.name();
            default -> null;
        };
    }

    private static @Nullable String seconds(@Nullable Duration duration) {
        return duration == null ? null : Double.toString(duration.toMillis() / 1e3);
    }

    private static String truth(boolean is) {
        return is ? "True" : "False";
    }
}
