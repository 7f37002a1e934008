package dev.jtask.worker.settle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Patience;
import dev.jtask.broker.TaskSender;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.json.Bounds;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.run.Errands;
import dev.jtask.worker.run.Job;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What tasks have done for them while they run. A task may report as often as it likes: of each, one report is under
/// way and the newest waits, so that a backend that is slow, or away, costs nothing.
public final class TaskErrands implements Errands {

    private static final Logger LOG = LoggerFactory.getLogger(TaskErrands.class);

    private final ResultBackend results;
    private final TaskSender tasks;
    private final AfterCommit transactions;
    private final Map<String, Reports> underWay = new ConcurrentHashMap<>();

    /// The reports of one task.
    private static final class Reports {

        private @Nullable Report next;
    }

    /// A state on the way. Nobody hears it once the end of its job is decided: nothing may come after the result.
    private record Report(Job job, ResultMessage result) {

        boolean isLate() {
            return job.isClaimed();
        }
    }

    public TaskErrands(ResultBackend results, TaskSender tasks, AfterCommit transactions) {
        this.results = results;
        this.tasks = tasks;
        this.transactions = transactions;
    }

    /// @throws IllegalArgumentException when the value cannot be written, or not be read
    @Override
    public void report(Job job, String state, @Nullable Object meta) {
        if (!job.isResultWanted()) {
            return;
        }
        JsonNode value = TypedJson.mapper().valueToTree(meta);
        var exceeded = Bounds.exceeded(value, Bounds.AROUND);
        if (exceeded != null) {
            throw new IllegalArgumentException(
                    "the %s that is reported has %s, which nobody reads".formatted(state, exceeded));
        }
        var report = new Report(job, ResultMessage.of(job.message().id(), state, value));
        if (report.isLate()) {
            return;
        }
        var added = new Reports[1];
        underWay.compute(job.message().id(), (id, before) -> {
            if (before == null) {
                added[0] = new Reports();
                return added[0];
            }
            before.next = report;
            return before;
        });
        if (added[0] != null) {
            tell(report);
        }
    }

    @Override
    public CompletableFuture<?> send(Routed message) {
        return tasks.send(message, Patience.ENDLESS);
    }

    @Override
    public CompletableFuture<?> sendBy(Outgoing way, Routed message) {
        return tasks.by(way).send(message, Patience.ENDLESS);
    }

    @Override
    public AfterCommit transactions() {
        return transactions;
    }

    private void tell(Report report) {
        var to = Addressee.of(report.job());
        CompletableFuture<?> stored;
        try {
            stored = results.store(to, report.result());
        } catch (RuntimeException e) {
            underWay.remove(to.taskId());
            throw e;
        }
        var _ = stored.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug(
                        "task {}: a report of {} was lost",
                        to.taskId(),
                        report.result().status(),
                        failure);
            }
            next(to.taskId());
        });
    }

    private void next(String taskId) {
        var waiting = new Report[1];
        underWay.compute(taskId, (id, reports) -> {
            if (reports == null || reports.next == null || reports.next.isLate()) {
                return null;
            }
            waiting[0] = reports.next;
            reports.next = null;
            return reports;
        });
        if (waiting[0] != null) {
            tell(waiting[0]);
        }
    }
}
