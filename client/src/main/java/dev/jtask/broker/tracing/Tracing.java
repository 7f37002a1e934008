package dev.jtask.broker.tracing;

import dev.jtask.protocol.message.TaskMessage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether there is tracing: OpenTelemetry's API (1.30 or newer) on the class path, and an SDK or an agent that has set
/// it up, or a framework's own. The one place that decides it, and that keeps a tracer's failures away from tasks.
public final class Tracing {

    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static final Question ABSENT = () -> false;
    private static final Question GLOBAL = question(Tracing.class.getClassLoader());

    private static final RunTrace.Scope NOTHING = () -> {};

    /// Asked anew each time, for the application may set OpenTelemetry up late.
    private interface Question {
        boolean ask() throws ReflectiveOperationException;
    }

    /// What a tracer is asked for.
    interface Attempt<V extends @Nullable Object> {
        V make();
    }

    private Tracing() {}

    /// Who tells of tasks unless somebody takes its place.
    public static TaskTracing openTelemetry() {
        return OpenTelemetryTracing.INSTANCE;
    }

    /// What the log has of a run that makes no span: the ids of its sender's, if it has one.
    public static Map<String, String> ofSender(TaskMessage message) {
        return attempt(() -> ConsumerSpan.ofSender(message)).orElse(Map.of());
    }

    /// Makes the trace that a message's headers name the present one of the thread that publishes it, which is
    /// another than that of who sends. Agents tell of each publish by themselves, as of a part of what is present,
    /// and write that into the headers.
    public static RunTrace.Scope publishing(Map<String, @Nullable Object> headers) {
        return isThere()
                ? attempt(() -> TraceHeaders.open(headers))
                        .map(Tracing::harmless)
                        .orElse(NOTHING)
                : NOTHING;
    }

    /// What is published is with the broker, whatever its end throws.
    private static RunTrace.Scope harmless(RunTrace.Scope scope) {
        return () -> {
            try {
                scope.close();
            } catch (Throwable e) { // the boundary of the user's tracer: the task goes on without it
                warn(e);
            }
        };
    }

    public static boolean isThere() {
        // what is offered can only be asked for where the API is
        return isGlobal() || (!GLOBAL.equals(ABSENT) && Telemetry.isOffered());
    }

    /// Whether the process has one that makes spans, as an agent sets it.
    public static boolean isOfTheProcess() {
        return isGlobal() && attempt(Telemetry::isGlobalAtWork).orElse(false);
    }

    /// Whether the process has one.
    static boolean isGlobal() {
        try {
            return GLOBAL.ask();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            warn(e);
            return false;
        }
    }

    /// What the tracer makes of it; nothing, and a line in the log, when it fails.
    static <V> Optional<V> attempt(Attempt<V> attempt) {
        try {
            return Optional.of(attempt.make());
        } catch (Throwable e) { // the boundary of the user's tracer: the task goes on without it
            warn(e);
            return Optional.empty();
        }
    }

    private static Question question(@Nullable ClassLoader loader) {
        try {
            var api = Class.forName("io.opentelemetry.api.GlobalOpenTelemetry", true, loader);
            return isAgentAtWork() ? () -> true : isSet(api);
        } catch (ClassNotFoundException absent) {
            return ABSENT;
        } catch (NoSuchFieldException | RuntimeException | LinkageError unknown) {
            LOG.warn("OpenTelemetry's API does not say whether it is set up; its global one makes no spans", unknown);
            return () -> false;
        }
    }

    /// An agent answers in place of the global one and never sets it, so that an API before 1.57, and any API with an
    /// agent such as 2.20, says that there is none. What an agent begins with is among the JVM's own classes then.
    private static boolean isAgentAtWork() {
        var asked = System.getProperty("otel.javaagent.enabled", System.getenv("OTEL_JAVAAGENT_ENABLED"));
        try {
            Class.forName("io.opentelemetry.javaagent.bootstrap.AgentInitializer", false, null);
            return !"false".equalsIgnoreCase(asked);
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    private static Question isSet(Class<?> api) throws NoSuchFieldException {
        try {
            var method = api.getMethod("isSet");
            return () -> (boolean) method.invoke(null);
        } catch (NoSuchMethodException before157) {
            // get() would answer too, but sets a no-op for good, and the application's own SDK is refused then
            var field = api.getDeclaredField("globalOpenTelemetry");
            field.setAccessible(true);
            return () -> field.get(null) != null;
        }
    }

    private static void warn(Throwable failure) {
        if (WARNED.compareAndSet(false, true)) {
            LOG.warn("tracing failed, the task goes on without a span; further failures are logged at debug", failure);
        } else {
            LOG.debug("tracing failed, the task goes on without a span", failure);
        }
    }
}
