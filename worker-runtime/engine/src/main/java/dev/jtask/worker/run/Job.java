package dev.jtask.worker.run;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.PieceMark;
import dev.jtask.protocol.result.TaskDetails;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions.Trait;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One delivery that is a task, from its slot to its ending. It ends exactly once: by its own thread, or by the one who
/// gives it up because the thread does not end.
public final class Job {

    /// Why a running task is asked to stop.
    public enum Cause {
        SOFT_TIME_LIMIT,
        TIME_LIMIT,
        REVOKED,
        WORKER_STOPS
    }

    private static final Logger LOG = LoggerFactory.getLogger(Job.class);

    private final Delivery delivery;
    private final TaskMessage message;
    private final TaskDefinition definition;
    private final Instant began;
    private final Discretion discretion;
    private final State state;

    /// What the versions of one job share.
    private static final class State {

        private enum Stage {
            WAITING,
            RUNNING,
            OVER
        }

        private final ReentrantLock turn = new ReentrantLock();
        private final List<String> children = new CopyOnWriteArrayList<>();
        private Stage stage = Stage.WAITING;
        private boolean claimed;
        private Thread thread = Thread.currentThread();
        private volatile boolean run;
        private volatile @Nullable Cause cause;
        private volatile @Nullable SignalWaits waits;
        private final Map<String, String> signals = new ConcurrentHashMap<>();
        private volatile Outcome.@Nullable Later end;
        private volatile @Nullable Job latest;
        private @Nullable Emitted emitted;
    }

    /// One of which the usual is told.
    public Job(Delivery delivery, TaskMessage message, TaskDefinition definition, Instant began) {
        this(delivery, message, definition, began, Discretion.USUAL);
    }

    public Job(
            Delivery delivery, TaskMessage message, TaskDefinition definition, Instant began, Discretion discretion) {
        this(delivery, message, definition, began, discretion, new State());
    }

    private Job(
            Delivery delivery,
            TaskMessage message,
            TaskDefinition definition,
            Instant began,
            Discretion discretion,
            State state) {
        this.discretion = discretion;
        this.delivery = delivery;
        this.message = message;
        this.definition = definition;
        this.began = began;
        this.state = state;
    }

    /// The same job, seen by the next steps and by its ending with another message.
    public Job with(TaskMessage other) {
        var changed = new Job(delivery, other, definition, began, discretion, state);
        state.latest = changed;
        return changed;
    }

    /// As the last step that changed its message left it.
    Job latest() {
        var changed = state.latest;
        return changed == null ? this : changed;
    }

    public Delivery delivery() {
        return delivery;
    }

    public TaskMessage message() {
        return message;
    }

    public TaskDefinition definition() {
        return definition;
    }

    public Instant began() {
        return began;
    }

    /// Ids of the tasks that this one sent.
    public List<String> children() {
        return state.children;
    }

    /// Why the task is asked to stop; null when it is not.
    public @Nullable Cause cause() {
        return state.cause;
    }

    /// Until when it waits for signals.
    public SignalWaits waits() {
        var changed = state.waits;
        return changed == null ? SignalWaits.in(message.customHeaders()) : changed;
    }

    void waits(SignalWaits changed) {
        state.waits = changed;
    }

    /// The values that its run got, by the names of the signals: their ids.
    public Map<String, String> signals() {
        return Map.copyOf(state.signals);
    }

    /// @param value its id
    public void got(String signal, String value) {
        state.signals.put(signal, value);
    }

    /// Its run has to end so, whatever the task makes of that.
    void endAs(Outcome.Later end) {
        state.end = end;
    }

    /// How its run has to end; null where that is the task's own affair.
    Outcome.@Nullable Later end() {
        return state.end;
    }

    /// An outcome of it as logs, events, traces and dead letters may tell it.
    public Outcome shown(Outcome outcome) {
        return discretion.shown(this, outcome);
    }

    /// Its message with arguments as they may be shown.
    public TaskMessage shownMessage() {
        return discretion.shown(message, definition);
    }

    /// What its kept result tells of it; null where that is its result alone.
    public @Nullable TaskDetails details() {
        return discretion.details(this);
    }

    /// Whether somebody wants the result: the sender's explicit word, else the task's own.
    public boolean isResultWanted() {
        var ignored = message.ignoreResult();
        return ignored == null ? !definition.options().is(Trait.IGNORES_RESULT) : !ignored;
    }

    /// Whether the sender reads what the task emits.
    boolean arePiecesWanted() {
        return isResultWanted() && Boolean.TRUE.equals(message.customHeaders().get(JtaskHeaders.PIECES));
    }

    /// The last piece that the task has emitted; null where nobody reads them.
    public @Nullable PieceMark lastPiece() {
        return arePiecesWanted() ? emitted().last(message.retries() + 1) : null;
    }

    /// Whether the task itself wishes that its message is kept when it has failed for good.
    public boolean isKeptWhenFailed() {
        return definition.options().is(Trait.KEEPS_FAILED);
    }

    /// Whether the task's code was called, so that the time it took says something of the next one.
    public boolean hasRun() {
        return state.run;
    }

    /// Whether its message is gone since it began, so that it runs at most once.
    public boolean hasRunForGood() {
        return hasRun() && definition.options().is(Trait.ACKS_EARLY);
    }

    /// Asks the task to stop: interrupts it if it runs, makes it find out when it starts, and is too late after its
    /// end. What ends it for good stays the reason, whatever comes while it obeys.
    public void cancel(Cause why) {
        state.turn.lock();
        try {
            switch (state.stage) {
                case WAITING -> state.cause = both(state.cause, why);
                case RUNNING -> {
                    state.cause = both(state.cause, why);
                    state.thread.interrupt();
                }
                case OVER -> LOG.debug("{} has ended, {} comes too late", this, why);
            }
        } finally {
            state.turn.unlock();
        }
    }

    /// Another worker may run what this one hands on, unless somebody has revoked it; no limit takes that back.
    private static Cause both(@Nullable Cause before, Cause later) {
        return switch (before) {
            case null -> later;
            case SOFT_TIME_LIMIT -> later;
            case WORKER_STOPS -> later == Cause.REVOKED ? later : before;
            case TIME_LIMIT, REVOKED -> before;
        };
    }

    /// Claims the right to end the job; true for the first caller only.
    public boolean claim() {
        state.turn.lock();
        try {
            boolean first = !state.claimed;
            state.claimed = true;
            return first;
        } finally {
            state.turn.unlock();
        }
    }

    /// Whether its ending is somebody's already.
    public boolean isClaimed() {
        state.turn.lock();
        try {
            return state.claimed;
        } finally {
            state.turn.unlock();
        }
    }

    Emitted emitted() {
        state.turn.lock();
        try {
            var present = state.emitted;
            if (present == null) {
                present = new Emitted();
                state.emitted = present;
            }
            return present;
        } finally {
            state.turn.unlock();
        }
    }

    /// From here on the task may be interrupted.
    void enter() throws InterruptedException {
        state.turn.lock();
        try {
            state.thread = Thread.currentThread();
            state.stage = State.Stage.RUNNING;
            if (state.cause != null) {
                throw new InterruptedException("cancelled before it started");
            }
            state.run = true;
        } finally {
            state.turn.unlock();
        }
    }

    /// From here on it may not: what follows is jtask's own.
    void leave() {
        state.turn.lock();
        try {
            state.stage = State.Stage.OVER;
        } finally {
            state.turn.unlock();
        }
    }

    @Override
    public String toString() {
        return "%s[%s]".formatted(message.task(), message.id());
    }
}
