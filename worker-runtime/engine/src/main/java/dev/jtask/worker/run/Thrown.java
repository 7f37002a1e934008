package dev.jtask.worker.run;

import dev.jtask.protocol.result.RemoteError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What a task threw, as it is told: class, text and stack. The methods of the exception are somebody else's code as
/// well, and may throw themselves.
final class Thrown {

    private static final int LIMIT = 16 * 1024;

    /// What stands between a worker's thread and the task, in a stack trace.
    private static final Set<String> OURS =
            Set.of("dev.jtask.worker.run", "dev.jtask.worker.steps", "dev.jtask.worker.registry", "dev.jtask.task");

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

    /// The stack trace as text without our own frames below the task's, cut where it would no longer be read.
    static String traceback(Throwable thrown) {
        try {
            var text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            var lines = shortened(text.toString());
            return lines.length() <= LIMIT ? lines : lines.substring(0, LIMIT) + "…";
        } catch (Throwable unreadable) { // a stack trace that throws, whatever it throws
            return thrown.getClass().getName() + " (its stack trace cannot be read)";
        }
    }

    /// In each section of a trace, what follows the last frame of the task is ours and the JDK's.
    private static String shortened(String trace) {
        var kept = new ArrayList<String>();
        boolean ours = false;
        for (var line : Arrays.asList(trace.split("\\R"))) {
            boolean frame = line.stripLeading().startsWith("at ");
            if (!frame) {
                ours = line.stripLeading().startsWith("... ") && ours;
            } else if (!ours && isOurs(line)) {
                while (!kept.isEmpty() && isReflection(kept.getLast())) {
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

    private static boolean isOurs(String frame) {
        return OURS.stream().anyMatch(name -> frame.contains(name + ".") && !frame.contains("Test"));
    }

    private static boolean isReflection(String frame) {
        return frame.contains("java.lang.reflect.") || frame.contains("jdk.internal.reflect.");
    }
}
