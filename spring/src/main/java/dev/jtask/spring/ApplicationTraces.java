package dev.jtask.spring;

import dev.jtask.broker.tracing.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/// Lets spans be made by the application's OpenTelemetry for as long as the application is: from before its worker
/// starts until after it has stopped.
final class ApplicationTraces implements SmartInitializingSingleton, DisposableBean {

    private final ObjectProvider<OpenTelemetry> beans;
    private final AtomicReference<Runnable> end = new AtomicReference<>(() -> {});

    ApplicationTraces(ObjectProvider<OpenTelemetry> beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        beans.ifUnique(telemetry -> {
            if (traces(telemetry)) {
                end.set(Telemetry.offer(telemetry));
            }
        });
    }

    @Override
    public void destroy() {
        end.getAndSet(() -> {}).run();
    }

    /// One that only logs or measures would end a trace that comes in a message.
    private static boolean traces(OpenTelemetry telemetry) {
        return !telemetry.getPropagators().getTextMapPropagator().fields().isEmpty();
    }
}
