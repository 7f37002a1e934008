package dev.jtask.processor;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.Default;
import dev.jtask.task.Durations;
import dev.jtask.task.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;

/// What is wrong with a task's options, which a worker would say when it starts.
final class OptionFaults {

    private static final int LONGEST_NAME = 255;
    private static final int MOST_PRIORITY = 255;
    private static final Duration LONGEST = Duration.ofSeconds((1 << 28) - 1);
    private static final Pattern RATE = Pattern.compile("\\d{1,9}(?:\\.\\d{1,6})?(?:/[smh])?");
    private static final Pattern ZERO = Pattern.compile("[0.]+(?:/[smh])?");

    private final TaskMethod method;
    private final List<Fault> faults = new ArrayList<>();

    private OptionFaults(TaskMethod method) {
        this.method = method;
    }

    static List<Fault> of(TaskMethod method) {
        var faults = new OptionFaults(method);
        faults.look(method.task());
        return faults.faults;
    }

    private void look(Task task) {
        if (!method.method().getModifiers().contains(Modifier.PUBLIC) && !isForSubclasses()) {
            faults.add(Fault.at(
                    method.method(),
                    "task '%s' is not public; make %s public".formatted(task.value(), method.place())));
        }
        name("value", task.value());
        if (!task.queue().isEmpty()) {
            name("queue", task.queue());
        }
        duration("retryDelay", task.retryDelay());
        duration("backoffCap", task.backoffCap());
        var soft = limit("softTimeLimit", task.softTimeLimit());
        var hard = limit("timeLimit", task.timeLimit());
        if (soft.isPresent() && hard.isPresent() && soft.get().compareTo(hard.get()) > 0) {
            add(
                    "softTimeLimit",
                    "softTimeLimit %s is longer than timeLimit %s; make it shorter"
                            .formatted(task.softTimeLimit(), task.timeLimit()));
        }
        rate("rateLimit", task.rateLimit());
        rate("maxRate", task.maxRate());
        shared(task);
        if (task.priority() < 0 || task.priority() > MOST_PRIORITY) {
            add("priority", "priority must be 0 to 255, not %d".formatted(task.priority()));
        }
        method.arguments().forEach(this::standIn);
    }

    private void rate(String option, String rate) {
        if (!rate.isEmpty()
                && (!RATE.matcher(rate.strip()).matches()
                        || ZERO.matcher(rate.strip()).matches())) {
            add(option, "'%s' is no rate limit; write 10/s, 100/m or 5/h".formatted(rate));
        }
    }

    private void shared(Task task) {
        if (task.maxConcurrent() < 0) {
            add(
                    "maxConcurrent",
                    "write 1 or more, or leave it out for no limit, not %d".formatted(task.maxConcurrent()));
        }
        var key = task.limitKey();
        if (key.isEmpty()) {
            return;
        }
        var names = method.arguments().stream()
                .filter(argument -> !isRest(argument))
                .map(argument -> argument.getSimpleName().toString())
                .toList();
        if (!names.contains(key)) {
            add("limitKey", "no parameter for one argument is called '%s'; write one of %s".formatted(key, names));
        }
        if (task.maxConcurrent() == 0 && task.maxRate().isEmpty()) {
            add("limitKey", "'%s' limits nothing; add maxConcurrent or maxRate".formatted(key));
        }
    }

    private boolean isRest(VariableElement argument) {
        return method.method().isVarArgs()
                && argument.equals(method.method()
                        .getParameters()
                        .get(method.method().getParameters().size() - 1));
    }

    /// What a subclass makes public is a task of the worker.
    private boolean isForSubclasses() {
        return method.method().getModifiers().contains(Modifier.PROTECTED)
                && method.owner().getModifiers().contains(Modifier.ABSTRACT);
    }

    private void name(String option, String name) {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            add(option, "a name is words, such as orders.ship, without line breaks; write some");
        } else if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            add(option, "a name has %d bytes at most; shorten it".formatted(LONGEST_NAME));
        }
    }

    private Optional<Duration> duration(String option, String text) {
        try {
            var duration = Durations.parse(text);
            if (duration.compareTo(LONGEST) > 0) {
                add(
                        option,
                        "%s is longer than %d days, which nobody waits; shorten it".formatted(text, LONGEST.toDays()));
            }
            return Optional.of(duration);
        } catch (IllegalArgumentException e) {
            add(option, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Duration> limit(String option, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var limit = duration(option, text);
        if (limit.isPresent() && limit.get().isZero()) {
            add(option, "%s leaves a task no time; leave it out for no limit".formatted(text));
        }
        return limit;
    }

    /// What is taken where the sender leaves an argument out.
    private void standIn(VariableElement parameter) {
        var json = parameter.getAnnotation(Default.class);
        if (json == null) {
            return;
        }
        try {
            if (TypedJson.mapper().readTree(json.value()).isMissingNode()) {
                throw new IllegalArgumentException("nothing is there");
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            faults.add(Fault.at(
                    parameter,
                    "@Default(\"%s\") is no JSON; write text as \"\\\"text\\\"\", a list as \"[]\""
                            .formatted(json.value())));
        }
    }

    private void add(String option, String sentence) {
        faults.add(method.fault(option, sentence));
    }
}
