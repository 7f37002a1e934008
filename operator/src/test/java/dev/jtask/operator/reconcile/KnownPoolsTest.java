package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /// What is kept by uid, such as what a Secret said, would else be kept for ever.
    @Test
    void whatIsKeptOfANamesakeByItsUidGoesWithIt() {
        reconcile(pool);
        assertThat(parts.deletions.age(pool)).isZero();
        parts.clock.forward(Duration.ofSeconds(10));
        assertThat(parts.deletions.age(pool)).isEqualTo(Duration.ofSeconds(10));

        reconcile(pool("two"));

        assertThat(parts.deletions.age(pool)).isZero();
    }

    /// The SDK drops a change that falls into a write of its own: the answer to that has it already.
    @ParameterizedTest
    @MethodSource
    void aChangeThatNoReconcileCameForIsOneToWakeFor(Consumer<ObjectMeta> change) {
        reconcile(pool);
        var changed = pool("one");
        change.accept(changed.getMetadata());
        parts.workloads.have(changed);

        parts.known.wakeOverlooked();
        assertThat(parts.woken).containsExactly(Parts.SHOP);

        reconcile(changed);
        parts.known.wakeOverlooked();
        assertThat(parts.woken).hasSize(1);
    }

    static Stream<Named<Consumer<ObjectMeta>>> aChangeThatNoReconcileCameForIsOneToWakeFor() {
        return Stream.of(
                Named.of("spec", metadata -> metadata.setGeneration(4L)),
                Named.of("pause", metadata -> metadata.setAnnotations(Map.of("jtask.dev/paused", "true"))),
                Named.of("end", metadata -> metadata.setDeletionTimestamp(Parts.NOW.toString())));
    }

    @Test
    void whatTheOperatorWritesItselfIsNoneToWakeFor() {
        reconcile(pool);
        var written = pool("one");
        written.getMetadata().setResourceVersion("12");
        written.getMetadata().setFinalizers(List.of(PoolDeletion.FINALIZER));
        parts.workloads.have(written);

        parts.known.wakeOverlooked();

        assertThat(parts.woken).isEmpty();
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
