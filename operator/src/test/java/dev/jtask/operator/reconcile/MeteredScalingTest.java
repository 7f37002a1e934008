package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Reason;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MeteredScalingTest {

    private static final ResourceID SHOP = new ResourceID("shop", "default");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MeteredScaling metrics = new MeteredScaling(registry);

    @Test
    void countsDecisionsAndChangesByReason() {
        metrics.decided(SHOP, Reason.DrainTime);
        metrics.decided(SHOP, Reason.DrainTime);
        metrics.decided(SHOP, Reason.Idle);
        metrics.changed(SHOP, Reason.DrainTime, 3);
        metrics.changed(SHOP, Reason.Idle, -3);
        metrics.changed(SHOP, Reason.Idle, -1);

        assertThat(registry.get("jtask.pool.decisions")
                        .tags("namespace", "default", "pool", "shop", "reason", "DrainTime")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("jtask.pool.size.changes")
                        .tags("pool", "shop", "reason", "Idle", "direction", "down")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("jtask.pool.size.changes")
                        .tags("pool", "shop", "reason", "DrainTime", "direction", "up")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aPoolThatIsGoneHasNoMeters() {
        metrics.decided(SHOP, Reason.DrainTime);
        metrics.changed(SHOP, Reason.DrainTime, 3);
        metrics.decided(new ResourceID("other", "default"), Reason.Idle);

        metrics.forget(SHOP);

        assertThat(registry.getMeters())
                .singleElement()
                .satisfies(meter -> assertThat(meter.getId().getTag("pool")).isEqualTo("other"));
    }
}
