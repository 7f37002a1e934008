package dev.jtask.operator.cluster;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Set;

/// Wakes pools as if they had changed: the SDK drops every other event of a pool that it does not know.
final class PoolWakes extends AbstractEventSource<Void, TaskWorkerPool> {

    PoolWakes() {
        super(Void.class, "jtask");
    }

    void wake(TaskWorkerPool pool) {
        if (isRunning()) {
            getEventHandler()
                    .handleEvent(new ResourceEvent(ResourceAction.UPDATED, ResourceID.fromResource(pool), pool));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(TaskWorkerPool primary) {
        return Set.of();
    }
}
