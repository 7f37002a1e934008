package dev.jtask.worker.app.options;

import dev.jtask.protocol.setting.KnownNames;
import java.util.List;
import java.util.stream.Stream;

/// Every `JTASK_*` variable of this program: those that its options are read from, and a few more.
public final class KnownVariables {

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
            "JTASK_",
            Stream.concat(AppOptions.variables().stream(), OTHERS.stream()).toList());

    private KnownVariables() {}
}
