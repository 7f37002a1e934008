package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolCopiesTest {

    private final KubernetesSerialization json = new KubernetesSerialization();

    @Test
    void saysWhatThePoolSays() {
        var pool = Pools.pool("queues: [{name: orders}]");
        pool.getMetadata().setLabels(Map.of("team", "shop"));

        assertThat(json.asJson(PoolCopies.copy(pool))).isEqualTo(json.asJson(pool));
    }

    /// Whoever has the pool of a reconcile takes the finalizer from it: that is the copy's affair.
    @Test
    void hasMetadataOfItsOwn() {
        var pool = Pools.pool("queues: [{name: orders}]");
        pool.getMetadata().setFinalizers(List.of("jtask.dev/f"));
        var copy = PoolCopies.copy(pool);

        copy.removeFinalizer("jtask.dev/f");
        copy.getMetadata().setResourceVersion("another");

        assertThat(pool.hasFinalizer("jtask.dev/f")).isTrue();
        assertThat(pool.getMetadata().getResourceVersion()).isNotEqualTo("another");
    }
}
