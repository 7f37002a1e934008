package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Reason;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/// Hears of every decision.
public interface ScalingMetrics {

    /// @param reason that decided the size
    void decided(ResourceID pool, Reason reason);

    /// The size of a pool, or the one that is recommended, changed.
    ///
    /// @param by how many pods, below zero where it shrank
    void changed(ResourceID pool, Reason reason, int by);

    /// A pool is gone.
    void forget(ResourceID pool);
}
