package dev.jtask.worker;

import dev.jtask.backend.ResultStore;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the server that keeps results answers: without it nothing can be settled.
final class StoreWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final long EVERY_MS = 1_000;
    private static final long PATIENCE_MS = 5_000;

    private final ResultStore store;
    private final ScheduledExecutorService timer;
    private volatile @Nullable String trouble;

    /// @param timer nothing that runs on it blocks
    StoreWatch(ResultStore store, ScheduledExecutorService timer) {
        this.store = store;
        this.timer = timer;
        this.trouble = "the result store %s has not answered yet".formatted(store);
    }

    void start() {
        var _ = store.ping().orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS).whenComplete((answered, failure) -> {
            tell(failure);
            again();
        });
    }

    /// Why it is no use at the moment; null when it is.
    @Nullable
    String trouble() {
        return trouble;
    }

    private void tell(@Nullable Throwable failure) {
        var before = trouble;
        trouble = failure == null ? null : "the result store %s does not answer".formatted(store);
        if (failure != null && before == null) {
            LOG.warn("the result store {} does not answer; tasks wait until it does", store, failure);
        } else if (failure == null && before != null) {
            LOG.info("the result store {} answers", store);
        }
    }

    private void again() {
        try {
            var _ = timer.schedule(this::start, EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the worker has ended", e);
        }
    }
}
