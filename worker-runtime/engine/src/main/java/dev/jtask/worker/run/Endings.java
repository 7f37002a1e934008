package dev.jtask.worker.run;

import dev.jtask.protocol.message.DecodeResult.Malformed;

/// Who sees to what follows of an outcome; neither call blocks or throws.
public interface Endings {

    void ended(Job job, Outcome outcome);

    /// The delivery is no task.
    ///
    /// @param deliveries how often it came, where that is why it is not run; zero for what the message itself says
    void malformed(Delivery delivery, Malformed why, int deliveries);
}
