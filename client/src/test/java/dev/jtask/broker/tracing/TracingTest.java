package dev.jtask.broker.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingTest {

    private static final Routed TASK =
            new Routed(Route.toQueue("q"), TaskMessage.builder("1", "t.any").build());

    private static final TracerProvider APPLICATIONS = tracers();
    private static final TracerProvider AGENTS = tracers();

    private final List<Routed> published = new ArrayList<>();

    @AfterEach
    void forget() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void whereNothingIsSetUpTheMessageIsSentAsItIs() {
        assertThat(Tracing.isThere()).isFalse();
        assertThat(SendSpan.around(Tracing.openTelemetry(), TASK, this::publish))
                .isCompletedWithValue("sent");

        assertThat(published).containsExactly(TASK);
    }

    @Test
    void tracerThatThrowsDoesNotFailTheSend() {
        GlobalOpenTelemetry.set(failing(new IllegalStateException("no exporter")));

        assertThat(Tracing.isThere()).isTrue();
        assertThat(SendSpan.around(Tracing.openTelemetry(), TASK, this::publish))
                .isCompletedWithValue("sent");
        assertThat(published).containsExactly(TASK);
    }

    @Test
    void tracerOfAnotherVersionDoesNotFailTheSend() {
        GlobalOpenTelemetry.set(failing(new NoSuchMethodError("spanBuilder")));

        assertThat(SendSpan.around(Tracing.openTelemetry(), TASK, this::publish))
                .isCompletedWithValue("sent");
        assertThat(published).containsExactly(TASK);
    }

    @Test
    void anApplicationsOwnIsAskedWhereTheProcessHasNone() {
        var application = tracedBy(APPLICATIONS);
        var end = Telemetry.offer(application);
        try {
            assertThat(Tracing.isThere()).isTrue();
            assertThat(Telemetry.present()).isSameAs(application);
        } finally {
            end.run();
        }
        assertThat(Tracing.isThere()).isFalse();
        assertThat(Telemetry.present()).isSameAs(OpenTelemetry.noop());
    }

    @Test
    void twoApplicationsThatShareOneEndByThemselves() {
        var application = tracedBy(APPLICATIONS);
        var first = Telemetry.offer(application);
        var second = Telemetry.offer(application);

        first.run();
        assertThat(Tracing.isThere()).isTrue();
        second.run();
        assertThat(Tracing.isThere()).isFalse();
    }

    @Test
    void theProcesssGoesBeforeUnlessItMakesNoSpans() {
        var end = Telemetry.offer(tracedBy(APPLICATIONS));
        try {
            GlobalOpenTelemetry.set(OpenTelemetry.noop());
            assertThat(Telemetry.present().getTracerProvider()).isSameAs(APPLICATIONS);

            GlobalOpenTelemetry.resetForTest();
            GlobalOpenTelemetry.set(tracedBy(AGENTS));
            assertThat(Telemetry.present().getTracerProvider()).isSameAs(AGENTS);
        } finally {
            end.run();
        }
    }

    @Test
    void withoutTheApiTheMessageIsSentAsItIs() throws Exception {
        try (var bare = new OtherOpenTelemetry(List.of())) {
            assertThat(isThere(bare)).isFalse();
            assertThat(around(bare)).isEqualTo("sent");
        }
        assertThat(published).containsExactly(TASK);
    }

    @Test
    void oldestApiIsAskedWithoutBeingSetUpByIt() throws Exception {
        try (var old = new OtherOpenTelemetry(oldest())) {
            assertThat(isThere(old)).isFalse();
            assertThat(around(old)).isEqualTo("sent");
            assertThat(published).containsExactly(TASK);

            // refused with an exception if the question had set a no-op
            var type = old.loadClass(OpenTelemetry.class.getName());
            old.loadClass(GlobalOpenTelemetry.class.getName())
                    .getMethod("set", type)
                    .invoke(null, type.getMethod("noop").invoke(null));

            assertThat(isThere(old)).isTrue();
            assertThat(around(old)).isEqualTo("sent");
        }
        assertThat(published).hasSize(2);
    }

    private CompletableFuture<String> publish(Routed task) {
        published.add(task);
        return CompletableFuture.completedFuture("sent");
    }

    private static OpenTelemetry failing(Throwable failure) {
        return proxy(OpenTelemetry.class, (proxy, method, args) -> {
            throw failure;
        });
    }

    private static OpenTelemetry tracedBy(TracerProvider tracers) {
        return proxy(OpenTelemetry.class, (proxy, method, args) -> tracers);
    }

    private static TracerProvider tracers() {
        return proxy(TracerProvider.class, (proxy, method, args) -> {
            throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(TracingTest.class.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private static boolean isThere(ClassLoader loader) throws ReflectiveOperationException {
        return (boolean)
                loader.loadClass(Tracing.class.getName()).getMethod("isThere").invoke(null);
    }

    private Object around(ClassLoader loader) throws ReflectiveOperationException {
        Function<Routed, CompletableFuture<String>> publish = this::publish;
        var usual = loader.loadClass(Tracing.class.getName())
                .getMethod("openTelemetry")
                .invoke(null);
        var sent = (CompletableFuture<?>) loader.loadClass(SendSpan.class.getName())
                .getMethod("around", loader.loadClass(TaskTracing.class.getName()), Routed.class, Function.class)
                .invoke(null, usual, TASK, publish);
        return sent.join();
    }

    private static List<Path> oldest() throws IOException {
        try (var jars = Files.list(Path.of("target/oldest-opentelemetry"))) {
            return jars.toList();
        }
    }
}
