package dev.jtask.worker.app.options;

import dev.jtask.protocol.setting.KnownNames;
import java.util.List;
import java.util.stream.Stream;

/// Every `JTASK_*` variable of this program: the one list, which the guide's table is tested against.
public final class KnownVariables {

    /// What the user sets.
    public static final List<String> DOCUMENTED = List.of(
            "JTASK_BROKER_URI",
            "JTASK_TLS_CA",
            "JTASK_TLS_CERT",
            "JTASK_TLS_KEY",
            "JTASK_QUEUES",
            "JTASK_CONCURRENCY",
            "JTASK_PREFETCH",
            "JTASK_THREADS",
            "JTASK_DRAIN_TIMEOUT",
            "JTASK_NODE_NAME",
            "JTASK_HTTP_HOST",
            "JTASK_HTTP_PORT",
            "JTASK_RESULT_BACKEND",
            "JTASK_REDELIVERY_LIMIT",
            "JTASK_ROUTES",
            "JTASK_EVENTS",
            "JTASK_REMOTE_CONTROL",
            "JTASK_LOG_FORMAT",
            "JTASK_LOG_LEVEL");

    /// The scheduler's, the start script's, and those that the operator makes others of.
    private static final List<String> OTHERS = List.of(
            "JTASK_SCHEDULER_NAME",
            "JTASK_CLASSPATH",
            "JTASK_POD_NAME",
            "JTASK_BROKER_HOST",
            "JTASK_BROKER_PORT",
            "JTASK_BROKER_USERNAME",
            "JTASK_BROKER_PASSWORD");

    public static final KnownNames NAMES = new KnownNames(
            "JTASK_", Stream.concat(DOCUMENTED.stream(), OTHERS.stream()).toList());

    private KnownVariables() {}
}
