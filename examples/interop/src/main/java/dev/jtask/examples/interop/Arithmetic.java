package dev.jtask.examples.interop;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tasks that take values and give values.
public final class Arithmetic {

    @Task("t.add")
    public Number add(Number x, Number y) {
        if (x instanceof Double || y instanceof Double) {
            return x.doubleValue() + y.doubleValue();
        }
        return Math.addExact(x.longValue(), y.longValue());
    }

    @Task("t.echo")
    public @Nullable Object echo(@Nullable Object v) {
        return v;
    }

    @Task("t.tsum")
    public long tsum(List<Long> values) {
        return values.stream().mapToLong(value -> value).sum();
    }

    @Task("t.kw")
    public Map<String, Object> kw(Object a, Object b) {
        return Map.of("a", a, "b", b);
    }

    /// A text of n characters.
    @Task("t.big")
    public String big(int n) {
        return "x".repeat(n);
    }

    @Task(value = "t.ignored", ignoreResult = true)
    public int ignored() {
        return 1;
    }

    /// Sends the twin's `p.echo` from inside, to the queue that a route names, and has `t.errlog` hear of what it says.
    @Task("t.across")
    public String across(String word, TaskContext context) {
        return context.send(TaskRequest.of("p.echo", word).link(TaskRequest.of("t.errlog")));
    }

    /// Sends `t.add` from inside and returns its id.
    @Task("t.spawn")
    public String spawn(TaskContext context) {
        return context.send(TaskRequest.of("t.add", 1, 2));
    }
}
