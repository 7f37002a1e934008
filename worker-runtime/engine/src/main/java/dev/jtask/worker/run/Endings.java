package dev.jtask.worker.run;

import dev.jtask.protocol.message.DecodeResult.Malformed;

/// Who sees to what follows of an outcome; neither call blocks or throws.
public interface Endings {

    void ended(Job job, Outcome outcome);

    /// The delivery is no task.
    void malformed(Delivery delivery, Malformed why);
}
