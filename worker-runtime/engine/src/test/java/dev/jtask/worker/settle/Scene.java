package dev.jtask.worker.settle;

import dev.jtask.broker.TaskSender;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.seal.Seal;
import dev.jtask.worker.fakes.FakeBackend;
import dev.jtask.worker.fakes.FakeChords;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.Journal;
import dev.jtask.worker.fakes.RecordingListener;
import dev.jtask.worker.fakes.RecordingMisses;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.util.List;

/// A settler among fakes that write one journal: what it does, in order.
final class Scene {

    final Journal journal = new Journal();
    final RecordingSender sender = new RecordingSender(journal);
    final FakeBackend backend = new FakeBackend(journal);
    final FakeChords chords = new FakeChords(journal);
    final FakeReceipt receipt = new FakeReceipt(journal);
    final FakeCanvas canvas = new FakeCanvas();
    final RecordingListener listener = new RecordingListener(journal);
    final RecordingMisses misses = new RecordingMisses(journal);
    final FakeSignals signals = new FakeSignals();
    final HandTimer timer = new HandTimer();
    final SettableClock clock = new SettableClock();
    final Settler settler = new Settler(
            sender,
            new TaskSender(sender, TaskSender.Waiting.IN_THE_BROKER, clock),
            backend,
            chords,
            canvas,
            listener,
            misses,
            Seal.NONE,
            signals,
            timer,
            clock);

    Job job(TaskMessage message) {
        return Given.job(message, receipt);
    }

    /// A task with the id `a` ends.
    void ends(Outcome outcome) {
        settler.ended(job(Given.message("a")), outcome);
    }

    List<String> lines() {
        return journal.lines();
    }
}
