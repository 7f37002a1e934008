package dev.jtask.worker.execution;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.TaskMessage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One run of one delivery, from its slot to its outcome. It ends exactly once: by its own thread, or by the one who
/// gives it up because the thread does not end.
public final class Attempt {

    /// Why a running task is asked to stop.
    public enum Cause {
        SOFT_TIME_LIMIT,
        TIME_LIMIT,
        REVOKED,
        WORKER_STOPS
    }

    /// What the broker's side does for an attempt.
    public interface Handling {

        /// Acknowledges before the task has run.
        void acknowledgeEarly();

        /// Tells the sender a state on the way.
        void report(TaskMessage task, String state, @Nullable Object meta);

        /// Sends a message for the task and waits until the broker has it.
        void send(Routed message);

        /// Settles an attempt whose thread does not end, and takes its slot away from it.
        void giveUp(Execution execution);
    }

    private enum Stage {
        WAITING,
        RUNNING,
        OVER
    }

    private final Received received;
    private final Handling handling;
    private final Instant began;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<String> children = new CopyOnWriteArrayList<>();
    private Stage stage = Stage.WAITING;
    private boolean settled;
    private Thread thread = Thread.currentThread();
    private volatile @Nullable Cause cause;
    private volatile @Nullable TaskMessage message;

    public Attempt(Received received, Handling handling, Instant began) {
        this.received = received;
        this.handling = handling;
        this.began = began;
    }

    public Received received() {
        return received;
    }

    public Handling handling() {
        return handling;
    }

    public Instant began() {
        return began;
    }

    /// Null until the message is decoded.
    public @Nullable TaskMessage message() {
        return message;
    }

    /// Why the task is asked to stop; null when it is not.
    public @Nullable Cause cause() {
        return cause;
    }

    /// Ids of the tasks that this one sent.
    public List<String> children() {
        return children;
    }

    /// Asks the task to stop: interrupts it if it runs, and makes it find out when it starts otherwise.
    public void cancel(Cause why) {
        turn.lock();
        try {
            cause = why;
            if (stage == Stage.RUNNING) {
                thread.interrupt();
            }
        } finally {
            turn.unlock();
        }
    }

    /// Claims the right to settle the delivery; true for the first caller only.
    public boolean claim() {
        turn.lock();
        try {
            boolean first = !settled;
            settled = true;
            return first;
        } finally {
            turn.unlock();
        }
    }

    /// Whether its delivery is settled, or about to be.
    boolean isSettled() {
        turn.lock();
        try {
            return settled;
        } finally {
            turn.unlock();
        }
    }

    void decoded(TaskMessage task) {
        message = task;
    }

    /// From here on the task may be interrupted.
    void enter() throws InterruptedException {
        turn.lock();
        try {
            thread = Thread.currentThread();
            stage = Stage.RUNNING;
            if (cause != null) {
                throw new InterruptedException("cancelled before it started");
            }
        } finally {
            turn.unlock();
        }
    }

    /// From here on it may not: an interrupt in the middle of a write would close the connection.
    void leave() {
        turn.lock();
        try {
            stage = Stage.OVER;
        } finally {
            turn.unlock();
        }
    }
}
