package dev.jtask.worker.fakes;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.TaskListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what it hears, and may throw.
public final class RecordingListener implements TaskListener {

    /// The end of a job as it was told.
    public record Ended(Job job, Outcome outcome, Duration busy) {}

    private final Journal journal;
    private final List<Ended> ended = new CopyOnWriteArrayList<>();
    private volatile Runnable failure = () -> {};

    public RecordingListener() {
        this(new Journal());
    }

    public RecordingListener(Journal journal) {
        this.journal = journal;
    }

    /// From now on this follows whatever it hears.
    public RecordingListener failing(Runnable thrower) {
        failure = thrower;
        return this;
    }

    public List<Ended> ended() {
        return List.copyOf(ended);
    }

    @Override
    public void received(Job job) {
        note("received " + job.message().id());
    }

    @Override
    public void started(TaskMessage task) {
        note("started " + task.id());
    }

    @Override
    public void ended(Job job, Outcome outcome, Duration busy) {
        ended.add(new Ended(job, outcome, busy));
        note("ended " + outcome.word());
    }

    @Override
    public void lost(Job job, Outcome outcome) {
        note("lost " + outcome.word());
    }

    private void note(String line) {
        journal.note(line);
        failure.run();
    }
}
