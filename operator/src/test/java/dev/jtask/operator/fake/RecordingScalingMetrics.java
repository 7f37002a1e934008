package dev.jtask.operator.fake;

import dev.jtask.autoscaler.Reason;
import dev.jtask.operator.scaling.ScalingMetrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What was heard, a line each.
public final class RecordingScalingMetrics implements ScalingMetrics {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void decided(ResourceID pool, Reason reason) {
        lines.add("%s decided %s".formatted(pool.getName(), reason));
    }

    @Override
    public void changed(ResourceID pool, Reason reason, int by) {
        lines.add("%s changed by %d %s".formatted(pool.getName(), by, reason));
    }

    @Override
    public void forget(ResourceID pool) {
        lines.add("%s gone".formatted(pool.getName()));
    }
}
