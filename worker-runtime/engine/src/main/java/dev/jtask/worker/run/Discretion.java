package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.TaskDetails;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What may be told to others of a task: of one whose arguments were encrypted how it ended, the class of what was
/// thrown and where, but neither a value nor a text, which may repeat an argument; of any other all but the values of
/// arguments whose names hide them.
public final class Discretion {

    /// By the usual names.
    public static final Discretion USUAL = new Discretion(Redaction.USUAL);

    private static final String NOT_SHOWN = "<encrypted>";

    /// Of these errors the text is jtask's own and says nothing of arguments.
    private static final Set<String> HARMLESS = Set.of("NotRegistered", "NotImplementedError");

    private static final Pattern FRAME = Pattern.compile(
            "\\s*at [\\w.$/@-]{1,500}\\.(?:<init>|<clinit>|[\\w$]{1,200})\\([\\w$. -]{0,200}(?::\\d{1,9})?\\)");
    private static final Pattern CLASS =
            Pattern.compile("(\\s*(?:Caused by: |Suppressed: )?(?:[\\w$]{1,100}\\.){1,40}[\\w$]{1,200})(?::.*)?");
    private static final Pattern CAUSE = Pattern.compile("\\s*(?:Caused by: |Suppressed: ).*");

    private final Redaction redaction;
    private final @Nullable String worker;
    private final Function<String, @Nullable TaskDefinition> tasks;

    public Discretion(Redaction redaction) {
        this(redaction, null);
    }

    /// @param worker named in results that tell more of their task; null where they are short
    public Discretion(Redaction redaction, @Nullable String worker) {
        this(redaction, worker, task -> null);
    }

    private Discretion(Redaction redaction, @Nullable String worker, Function<String, @Nullable TaskDefinition> tasks) {
        this.redaction = redaction;
        this.worker = worker;
        this.tasks = tasks;
    }

    /// The same, where the names of the arguments of these tasks are known: calls of them may stand in other tasks'
    /// arguments.
    public Discretion knowing(Function<String, @Nullable TaskDefinition> others) {
        return new Discretion(redaction, worker, others);
    }

    /// What a kept result tells of its task; null where that is its result alone.
    @Nullable
    TaskDetails details(Job job) {
        if (worker == null) {
            return null;
        }
        var task = shown(job.message(), job.definition());
        boolean secret = task.isSecret();
        return new TaskDetails(
                task.task(),
                secret ? NullNode.instance : task.args(),
                secret ? NullNode.instance : task.kwargs(),
                worker,
                task.retries(),
                job.delivery().queue());
    }

    /// An outcome without what nobody else is to know; the same object where that is nothing.
    Outcome shown(Job job, Outcome outcome) {
        if (job.message().isSecret()) {
            return of(outcome);
        }
        return switch (outcome) {
            case Outcome.Failed _, Outcome.Retry _, Outcome.Refused _ -> {
                var veil = new Veil(redaction, tasks);
                var _ = veil.over(job.message().task(), job.definition(), arguments(job.message()));
                var hidden = veil.hidden();
                yield hidden.isNone() ? outcome : hidden.without(outcome);
            }
            case Outcome.Done _, Outcome.Revoked _, Outcome.Later _, Outcome.Returned _ -> outcome;
        };
    }

    /// A message with arguments as they may be shown; the same object where all may be.
    ///
    /// @param definition of its task; null where there is none here
    public TaskMessage shown(TaskMessage message, @Nullable TaskDefinition definition) {
        return shownAs(message, definition == null ? Unregistered.definition() : definition);
    }

    private TaskMessage shownAs(TaskMessage message, TaskDefinition definition) {
        if (message.isSecret()) {
            // not its sender's words either, which need not be ours
            return message.toBuilder()
                    .args(JsonNodeFactory.instance.arrayNode())
                    .kwargs(JsonNodeFactory.instance.objectNode())
                    .repr(NOT_SHOWN, NOT_SHOWN)
                    .build();
        }
        var given = arguments(message);
        var shown = new Veil(redaction, tasks).over(message.task(), definition, given);
        return shown.equals(given)
                ? message
                : message.toBuilder()
                        .args(shown.args())
                        .kwargs(shown.kwargs())
                        .repr(null, null)
                        .build();
    }

    private static Veil.Arguments arguments(TaskMessage message) {
        return new Veil.Arguments(message.args(), message.kwargs());
    }

    private static Outcome of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var _, var telling, var sequel) ->
                new Outcome.Done(TextNode.valueOf(NOT_SHOWN), telling, sequel);
            case Outcome.Failed(var error, var traceback, var kind) ->
                new Outcome.Failed(of(error), of(traceback), kind);
            case Outcome.Retry(var delay, var cause, var traceback) ->
                new Outcome.Retry(delay, of(cause), String.valueOf(of(traceback)));
            case Outcome.Refused refused when isHarmless(refused) -> refused;
            case Outcome.Refused(var _, var error, var kind, var deliveries) ->
                new Outcome.Refused(error.type() + ": " + NOT_SHOWN, of(error), kind, deliveries);
            case Outcome.Revoked _, Outcome.Later _, Outcome.Returned _ -> outcome;
        };
    }

    private static boolean isHarmless(Outcome.Refused refused) {
        return refused.deliveries() > 0 || HARMLESS.contains(refused.error().type());
    }

    private static RemoteError of(RemoteError error) {
        return new RemoteError(error.type(), List.of(NOT_SHOWN), error.module());
    }

    /// The frames, and the classes of what was thrown. A text may have lines that look like either.
    private static @Nullable String of(@Nullable String traceback) {
        if (traceback == null) {
            return null;
        }
        var lines = traceback.lines().toList();
        return lines.stream()
                .map(line -> FRAME.matcher(line).matches() ? line : thrown(line, line.equals(lines.getFirst())))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String thrown(String line, boolean first) {
        var matcher = CLASS.matcher(line);
        return (first || CAUSE.matcher(line).matches()) && matcher.matches() ? matcher.group(1) : "";
    }
}
