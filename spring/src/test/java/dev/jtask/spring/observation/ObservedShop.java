package dev.jtask.spring.observation;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/// An application with a worker, and with Spring Boot's tracing by Brave.
@EnableAutoConfiguration
class ObservedShop {

    @Bean
    Tasks tasks(TaskClient client) {
        return new Tasks(client);
    }

    @Bean
    Spans spans() {
        return new Spans();
    }

    /// The spans that have ended.
    static final class Spans extends SpanHandler {

        private final List<MutableSpan> ended = new CopyOnWriteArrayList<>();

        @Override
        public boolean end(TraceContext context, MutableSpan span, Cause cause) {
            ended.add(span);
            return true;
        }

        List<MutableSpan> ended() {
            return ended;
        }
    }

    /// Tasks that send others, and that say what they see of their trace.
    static class Tasks {

        private final TaskClient client;

        Tasks(TaskClient client) {
            this.client = client;
        }

        @Task("observed.echo")
        public String echo(String text) {
            return text;
        }

        @Task("observed.spawn")
        public List<String> spawn(TaskContext context) {
            return List.of(
                    context.send(TaskRequest.of("observed.echo", "by the context")),
                    client.send(TaskRequest.of("observed.echo", "by the client"))
                            .id());
        }

        @Task("observed.trace")
        public Map<String, String> trace(TaskContext context) {
            var seen = new TreeMap<String, String>();
            for (var header : List.of("traceparent", "b3")) {
                if (context.headers().get(header) != null) {
                    seen.put(header, String.valueOf(context.headers().get(header)));
                }
            }
            seen.put("traceId", String.valueOf(MDC.get("traceId")));
            seen.put("spanId", String.valueOf(MDC.get("spanId")));
            return seen;
        }

        @Task(value = "observed.fail", maxRetries = 0)
        public void fail() {
            throw new IllegalStateException("no paper");
        }

        @Task("observed.retry")
        public int retry(TaskContext context) {
            if (context.attempt() == 1) {
                throw context.retry(Duration.ofSeconds(1), new IllegalStateException("busy"));
            }
            return context.attempt();
        }
    }
}
