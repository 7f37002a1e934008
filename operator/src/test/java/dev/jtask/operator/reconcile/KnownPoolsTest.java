package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.Pools;
import org.junit.jupiter.api.Test;

class KnownPoolsTest {

    private final Parts parts = new Parts();
    private final TaskWorkerPool pool = pool("one");

    @Test
    void aPoolThatNoReconcileCameForIsWokenUntilOneComes() {
        parts.workloads.have(pool);
        parts.known.wakeOverlooked();
        parts.known.wakeOverlooked();
        assertThat(parts.woken).containsExactly(Parts.SHOP, Parts.SHOP);

        reconcile(pool);
        parts.known.wakeOverlooked();
        assertThat(parts.woken).hasSize(2);
    }

    /// The SDK tells the end with what its cache holds then, and drops what came meanwhile.
    @Test
    void aPoolCreatedWhileTheEndOfItsNamesakeIsToldIsWoken() {
        reconcile(pool);
        var second = pool("two");
        parts.workloads.have(second);

        parts.reconciler.reconcile(second, FakeContext.ofGone(second));

        parts.known.wakeOverlooked();
        assertThat(parts.woken).containsExactly(Parts.SHOP);
    }

    @Test
    void whatWasLearnedOfANamesakeWhoseEndNobodyToldIsForgotten() {
        parts.broker.queue("orders", 0, 0, 0);
        reconcile(pool);
        assertThat(parts.scaling.view(Parts.SHOP)).isPresent();
        parts.leads = false;
        var second = pool("two");
        parts.workloads.have(second);

        parts.known.wakeOverlooked();
        reconcile(second);

        assertThat(parts.woken).containsExactly(Parts.SHOP);
        assertThat(parts.scaling.view(Parts.SHOP)).isEmpty();
    }

    private void reconcile(TaskWorkerPool living) {
        parts.reconciler.reconcile(living, FakeContext.of(living, parts.journal));
    }

    private static TaskWorkerPool pool(String uid) {
        var pool = Pools.pool("queues: [{name: orders}]");
        pool.getMetadata().setUid(uid);
        return pool;
    }
}
