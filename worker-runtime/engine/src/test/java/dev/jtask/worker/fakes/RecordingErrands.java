package dev.jtask.worker.fakes;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.worker.run.Errands;
import dev.jtask.worker.run.Job;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Keeps what tasks want to have done.
public final class RecordingErrands implements Errands {

    /// A state that a task reported.
    public record Report(String id, String state, @Nullable Object meta) {}

    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final List<Routed> sent = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<?> answer = CompletableFuture.completedFuture(null);
    private volatile AfterCommit transactions = AfterCommit.NONE;

    /// From now on this becomes of what is sent.
    public void answer(CompletableFuture<?> other) {
        answer = other;
    }

    /// From now on what is sent belongs to these.
    public void transactions(AfterCommit other) {
        transactions = other;
    }

    public List<Report> reports() {
        return List.copyOf(reports);
    }

    public List<Routed> sent() {
        return List.copyOf(sent);
    }

    @Override
    public void report(Job job, String state, @Nullable Object meta) {
        reports.add(new Report(job.message().id(), state, meta));
    }

    @Override
    public CompletableFuture<?> send(Routed message) {
        sent.add(message);
        return answer;
    }

    @Override
    public CompletableFuture<?> sendBy(Outgoing way, Routed message) {
        return send(message);
    }

    @Override
    public AfterCommit transactions() {
        return transactions;
    }
}
