package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.result.RemoteError;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What may be told to others of the end of a task whose arguments were encrypted: how it ended, the class of
/// what was thrown and where, but neither a value nor a text, which may repeat an argument.
final class Discretion {

    private static final String NOT_SHOWN = "<encrypted>";

    /// Of these errors the text is jtask's own and says nothing of arguments.
    private static final Set<String> HARMLESS = Set.of("NotRegistered", "NotImplementedError");

    private static final Pattern FRAME = Pattern.compile(
            "\\s*at [\\w.$/@-]{1,500}\\.(?:<init>|<clinit>|[\\w$]{1,200})\\([\\w$. -]{0,200}(?::\\d{1,9})?\\)");
    private static final Pattern CLASS = Pattern.compile("(\\s*(?:Caused by: |Suppressed: )?[\\w.$]{1,500})(?::.*)?");
    private static final Pattern CAUSE = Pattern.compile("\\s*(?:Caused by: |Suppressed: ).*");

    private Discretion() {}

    static Outcome of(Outcome outcome) {
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
