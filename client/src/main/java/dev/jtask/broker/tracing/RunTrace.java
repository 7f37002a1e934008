package dev.jtask.broker.tracing;

import dev.jtask.protocol.message.TaskMessage;
import java.util.Map;

/// One run of one task.
public interface RunTrace {

    /// What is open on a thread.
    interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    /// The message as the run and what follows of it see it.
    TaskMessage message();

    /// What the log's context says of it beside what is in it already.
    Map<String, String> logged();

    /// Makes it the present one of this thread.
    Scope open();

    void end(RunEnd end);
}
