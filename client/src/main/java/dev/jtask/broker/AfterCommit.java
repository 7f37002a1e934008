package dev.jtask.broker;

import dev.jtask.protocol.Internal;
import java.util.concurrent.CompletableFuture;

/// The application's transactions: what a client, or a task, sends within one goes out after its commit, and never
/// when it is rolled back. So no worker looks for a row that is not there yet.
public interface AfterCommit {

    /// Everything is sent at once.
    AfterCommit NONE = send -> false;

    /// What waits for the end of a transaction; one of the two is called, once.
    interface Send {

        /// Starts to send. The future completes once the broker has it; a failure is also told to the task's handle.
        CompletableFuture<?> send();

        /// The same by another way out, before the transaction's end: for who keeps the messages with its data. The way
        /// completes its futures after the commit; until then nobody may wait for a result on this thread.
        @Internal
        CompletableFuture<?> send(Outgoing way);

        /// Nothing is sent; the task's handle fails.
        void drop();
    }

    /// @return whether there is a transaction, which this then belongs to; else it is sent at once
    boolean join(Send send);
}
