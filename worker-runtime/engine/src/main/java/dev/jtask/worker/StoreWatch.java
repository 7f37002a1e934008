package dev.jtask.worker;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.StoreException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the server that keeps results takes them: otherwise nothing can be settled.
final class StoreWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final long EVERY_MS = 1_000;
    private static final long PATIENCE_MS = 5_000;

    private final ResultStore store;
    private final ScheduledExecutorService timer;
    private volatile @Nullable String trouble;
    private volatile boolean isTold;

    /// @param timer nothing that runs on it blocks
    StoreWatch(ResultStore store, ScheduledExecutorService timer) {
        this.store = store;
        this.timer = timer;
        this.trouble = "result backend %s has not answered yet".formatted(store);
    }

    void start() {
        try {
            var _ = store.writable()
                    .orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .whenComplete((answered, failure) -> {
                        tell(failure);
                        again();
                    });
        } catch (RuntimeException | Error e) { // such as no thread to be had: who never asks again never hears
            tell(e);
            again();
        }
    }

    /// Why it is no use at the moment; null when it is.
    @Nullable
    String trouble() {
        return trouble;
    }

    private void tell(@Nullable Throwable failure) {
        var before = trouble;
        trouble = failure == null ? null : why(failure);
        if (failure == null && before != null) {
            isTold = false;
            LOG.info("result backend {} takes results", store);
        } else if (failure != null && !isTold) {
            isTold = true;
            LOG.warn("{}; tasks wait until it takes results", trouble, failure);
        }
    }

    private String why(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException known) {
                return String.valueOf(known.getMessage());
            }
        }
        return "result backend %s does not answer".formatted(store);
    }

    private void again() {
        try {
            var _ = timer.schedule(this::start, EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the worker has ended", e);
        }
    }
}
