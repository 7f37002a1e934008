package dev.jtask.e2e;

import java.time.Duration;

/// How often the operator looks at brokers, and reads a Secret again.
record Pace(Duration tick, Duration secretRefresh) {

    /// What the chart's values are called.
    static final String TICK = "operator.tick";

    static final String REFRESH = "operator.secretRefresh";
    /// As the chart has it.
    static final Pace OF_THE_CHART = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(30));
}
