package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.fake.Pools;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import org.junit.jupiter.api.Test;

/// A status that cannot be written: whoever tries again finds the one before, and all of its news again.
class ToldOnceTest {

    private final Parts parts = new Parts();
    private final TaskWorkerPool pool = Pools.pool("queues: [{name: orders}]");

    @Test
    void whatAStatusTellsIsToldOnceHoweverOftenItsWriteIsTried() {
        parts.broker.goAway();

        for (int tries = 0; tries < 5; tries++) {
            assertThat(reconcile().isPatchStatus()).isTrue();
            parts.clock.forward(Parts.PACE.tick());
        }

        assertThat(parts.events.all()).extracting(Announcement::reason).containsExactly("BrokerUnreachable");
    }

    @Test
    void whatHappensMeanwhileIsToldAsWellAndOnce() {
        parts.broker.goAway();
        reconcile();
        parts.broker.queue("orders", 0, 0, 0).failWith(null);
        parts.clock.forward(Parts.PACE.tick());
        parts.scaling.tick();

        reconcile();
        reconcile();

        assertThat(parts.events.all())
                .extracting(Announcement::reason)
                .containsExactly("BrokerUnreachable", "BrokerRecovered");
    }

    @Test
    void theEndOfWhatWasToldIsToldThoughTheStatusNeverSaidIt() {
        parts.broker.queue("orders", 0, 0, 0);
        store();
        parts.showWhatWasWritten();
        store();
        parts.broker.goAway();
        parts.clock.forward(Parts.PACE.tick());
        parts.scaling.tick();
        reconcile();
        parts.broker.queue("orders", 0, 0, 0).failWith(null);
        parts.clock.forward(Parts.PACE.tick());
        parts.scaling.tick();

        assertThat(reconcile().isPatchStatus()).as("it says so already").isFalse();
        reconcile();

        assertThat(parts.events.all())
                .extracting(Announcement::reason)
                .filteredOn(reason -> reason.startsWith("Broker"))
                .containsExactly("BrokerUnreachable", "BrokerRecovered");
    }

    @Test
    void whatComesBackAfterItsEndWasStoredIsNewsAgain() {
        for (int times = 0; times < 2; times++) {
            parts.broker.goAway();
            parts.clock.forward(Parts.PACE.tick());
            parts.scaling.tick();
            store();
            parts.broker.queue("orders", 0, 0, 0).failWith(null);
            parts.clock.forward(Parts.PACE.tick());
            parts.scaling.tick();
            store();
        }

        assertThat(parts.events.all())
                .extracting(Announcement::reason)
                .filteredOn(reason -> reason.startsWith("Broker"))
                .containsExactly("BrokerUnreachable", "BrokerRecovered", "BrokerUnreachable", "BrokerRecovered");
    }

    private void store() {
        reconcile().getResource().map(TaskWorkerPool::getStatus).ifPresent(pool::setStatus);
    }

    private UpdateControl<TaskWorkerPool> reconcile() {
        return parts.reconciler.reconcile(pool, FakeContext.of(pool, parts.journal));
    }
}
