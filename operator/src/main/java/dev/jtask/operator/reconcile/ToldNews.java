package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Announcements;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What was told of statuses that Kubernetes may not have: while one cannot be written, each try finds the one before
/// it, and all that came since is no news.
final class ToldNews {

    private record Told(@Nullable TaskWorkerPoolStatus stored, TaskWorkerPoolStatus last) {}

    private final Map<ResourceID, Told> told = new ConcurrentHashMap<>();

    /// What is new in a status that is to be written.
    ///
    /// @param stored the status that is there
    List<Announcement> of(ResourceID pool, @Nullable TaskWorkerPoolStatus stored, TaskWorkerPoolStatus now) {
        return between(told.put(pool, new Told(stored, now)), stored, now);
    }

    /// The same of one that need not be written, since it is there.
    List<Announcement> ofStored(ResourceID pool, @Nullable TaskWorkerPoolStatus stored, TaskWorkerPoolStatus now) {
        var known = told.remove(pool);
        return known == null ? List.of() : between(known, stored, now);
    }

    void forget(ResourceID pool) {
        told.remove(pool);
    }

    private static List<Announcement> between(
            @Nullable Told known, @Nullable TaskWorkerPoolStatus stored, TaskWorkerPoolStatus now) {
        return Announcements.between(
                known != null && Objects.equals(known.stored(), stored) ? known.last() : stored, now);
    }
}
