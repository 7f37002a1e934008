package dev.jtask.worker.app;

import io.opentelemetry.api.GlobalOpenTelemetry;
import java.util.Map;

/// OpenTelemetry's own switch for an SDK that configures itself; who puts one beside the worker sets it.
final class Telemetry {

    private static final String VARIABLE = "OTEL_JAVA_GLOBAL_AUTOCONFIGURE_ENABLED";
    private static final String PROPERTY = "otel.java.global-autoconfigure.enabled";

    private Telemetry() {}

    /// Starts the SDK before the first task, if it is wanted. Otherwise nothing is touched: an agent, or the tasks
    /// themselves, may bring another one.
    static void start(Map<String, String> environment) {
        if (Boolean.parseBoolean(System.getProperty(PROPERTY, environment.getOrDefault(VARIABLE, "false")))) {
            GlobalOpenTelemetry.get();
        }
    }
}
