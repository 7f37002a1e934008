package dev.jtask.worker.run;

import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.text.Beginning;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.registry.TaskDefinition;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a task threw, as it is told: class, text and stack. The methods of the exception are somebody else's code as
/// well, and may throw themselves.
final class Thrown {

    private static final int LIMIT = 16 * 1024;
    private static final int LONGEST_CHAIN = 100;

    /// What calls the task, or a step of the user's: from the first of their frames on a stack trace is ours.
    private static final List<Pattern> CALLERS =
            List.of(frame(Call.class.getName()), frame(TimeLimiter.class.getName()), frame(Pipeline.class.getName()));

    /// What may stand between those and the task.
    private static final List<Pattern> BETWEEN = List.of(
            frame(TaskDefinition.class.getPackageName()),
            frame(TaskContext.class.getName()),
            frame("java.lang.reflect"),
            frame("jdk.internal.reflect"));

    private Thrown() {}

    static RemoteError error(Throwable thrown) {
        try {
            return RemoteError.of(thrown);
        } catch (Throwable unreadable) { // a text that throws, whatever it throws
            var type = thrown.getClass();
            return new RemoteError(
                    type.getSimpleName().isEmpty() ? "Exception" : type.getSimpleName(),
                    List.of("its text cannot be read: " + unreadable.getClass().getName()),
                    type.getPackageName());
        }
    }

    /// Whether an interrupt is behind it.
    static boolean isInterrupt(Throwable thrown) {
        try {
            int depth = 0;
            // a chain of causes may be a ring
            for (Throwable each = thrown; each != null && depth++ < LONGEST_CHAIN; each = each.getCause()) {
                if (each instanceof InterruptedException
                        || each instanceof ClosedByInterruptException
                        || (each instanceof InterruptedIOException && !(each instanceof SocketTimeoutException))) {
                    return true;
                }
            }
            return false;
        } catch (Throwable unreadable) { // a cause that throws, whatever it throws
            return false;
        }
    }

    /// The stack trace as text without our own frames below the task's, cut where it would no longer be read.
    static String traceback(Throwable thrown) {
        try {
            var text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return Beginning.of(shortened(text.toString()), LIMIT);
        } catch (Throwable unreadable) { // a stack trace that throws, whatever it throws
            return thrown.getClass().getName() + " (its stack trace cannot be read)";
        }
    }

    /// In each section of a trace, what follows the last frame of the task is ours and the JDK's.
    private static String shortened(String trace) {
        var kept = new ArrayList<String>();
        boolean ours = false;
        for (var line : trace.lines().toList()) {
            boolean frame = line.stripLeading().startsWith("at ");
            if (!frame) {
                ours = line.stripLeading().startsWith("... ") && ours;
            } else if (!ours && isOneOf(CALLERS, line)) {
                while (!kept.isEmpty() && isOneOf(BETWEEN, kept.getLast())) {
                    kept.removeLast();
                }
                ours = true;
            }
            if (!ours) {
                kept.add(line);
            }
        }
        return String.join("\n", kept) + "\n";
    }

    private static boolean isOneOf(List<Pattern> sorts, String line) {
        return sorts.stream().anyMatch(sort -> sort.matcher(line).lookingAt());
    }

    /// The frames of a class, or of those in a package, which may come after a class loader and a module.
    private static Pattern frame(String name) {
        return Pattern.compile("\\s*at (?:[^\\s(]*/)?" + Pattern.quote(name + "."));
    }
}
