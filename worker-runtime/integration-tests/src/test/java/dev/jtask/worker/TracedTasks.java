package dev.jtask.worker;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.Map;
import org.slf4j.MDC;

/// Tasks that say what they see of their trace.
public final class TracedTasks {

    @Task("traced.ids")
    public Map<String, String> ids(String tenant) {
        return Map.of(
                "span", Span.current().getSpanContext().getSpanId(),
                "logged", String.valueOf(MDC.get("span_id")),
                "loggedTrace", String.valueOf(MDC.get("trace_id")),
                "tenant", String.valueOf(Baggage.current().getEntryValue(tenant)));
    }

    @Task("traced.header")
    public String header(TaskContext context) {
        return String.valueOf(context.headers().get("traceparent"));
    }

    @Task("traced.spawn")
    public String spawn(TaskContext context) {
        return context.send(TaskRequest.of("traced.echo", "child"));
    }

    @Task("traced.echo")
    public String echo(String text) {
        return text;
    }

    @Task(value = "traced.fail", maxRetries = 0)
    public void fail() {
        throw new IllegalStateException("no paper");
    }

    @Task(value = "traced.expected", expected = IllegalArgumentException.class)
    public String expected(String order) {
        if (order.isEmpty()) {
            throw new IllegalArgumentException("no such order");
        }
        return order;
    }

    @Task("traced.retry")
    public int retry(TaskContext context) {
        if (context.attempt() == 1) {
            throw context.retry(Duration.ofSeconds(1), new IllegalStateException("busy"));
        }
        return context.attempt();
    }
}
