package dev.jtask.redis;

import java.time.Duration;

/// How a connection is known to be alive: it is asked so often, and was heard of none of so many times.
record Pulse(Duration every, int misses) {

    /// Below the half minute within which whoever waits should go on; above what a busy server keeps silent.
    static final Pulse USUAL = new Pulse(Duration.ofSeconds(5), 3);
}
