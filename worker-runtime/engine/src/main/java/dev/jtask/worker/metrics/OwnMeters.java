package dev.jtask.worker.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Meters that read what somebody has, and leave the registry with him: it gives whoever comes later what it has under
/// a name, and would tell for ever of one who has ended.
public final class OwnMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnMeters.class);

    private final MeterRegistry registry;
    private final List<Meter> own = new ArrayList<>();
    private boolean told;
    private boolean closed;

    public OwnMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Where the registry has another's, that one stays; once closed nothing is added.
    ///
    /// @param meter as it is registered
    public void add(Function<MeterRegistry, Meter> meter) {
        synchronized (registry) { // of two that start at once the second is to see the first's
            if (closed) {
                return;
            }
            var there = registry.getMeters();
            var registered = meter.apply(registry);
            if (!there.contains(registered)) {
                own.add(registered);
            } else if (!told) {
                told = true;
                LOG.warn(
                        "{} and others tell of another worker, which is still there; give each worker of a process a registry of its own",
                        registered.getId().getName());
            }
        }
    }

    @Override
    public void close() {
        synchronized (registry) {
            closed = true;
            own.forEach(registry::remove);
            own.clear();
        }
    }
}
