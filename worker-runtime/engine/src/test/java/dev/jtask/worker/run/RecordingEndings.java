package dev.jtask.worker.run;

import dev.jtask.protocol.message.DecodeResult.Malformed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what ended, and how.
final class RecordingEndings implements Endings {

    /// One end.
    record Ended(Job job, Outcome outcome) {}

    final List<Ended> ended = new CopyOnWriteArrayList<>();
    final List<Malformed> malformed = new CopyOnWriteArrayList<>();

    @Override
    public void ended(Job job, Outcome outcome) {
        ended.add(new Ended(job, outcome));
    }

    @Override
    public void malformed(Delivery delivery, Malformed why, int deliveries) {
        malformed.add(why);
    }
}
