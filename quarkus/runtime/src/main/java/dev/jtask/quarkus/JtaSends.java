package dev.jtask.quarkus;

import dev.jtask.broker.AfterCommit.Send;
import dev.jtask.broker.PublishException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;

/// What waits for the end of one transaction, which may come on another thread: that of its time-out.
final class JtaSends implements Synchronization {

    private final List<Send> waiting = new ArrayList<>();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        COMMITTED,
        ROLLED_BACK
    }

    /// @return false when the transaction is committed already
    boolean add(Send send) {
        return switch (stateWith(send)) {
            case OPEN -> true;
            case COMMITTED -> false;
            case ROLLED_BACK -> {
                send.drop();
                yield true;
            }
        };
    }

    @Override
    public void beforeCompletion() {
        // all is sent after the commit
    }

    @Override
    public void afterCompletion(int status) {
        boolean committed = status == Status.STATUS_COMMITTED;
        var due = taken(committed ? State.COMMITTED : State.ROLLED_BACK);
        if (committed) {
            due.stream().map(Send::send).toList().forEach(sent -> PublishException.await("after commit", sent));
        } else {
            due.forEach(Send::drop);
        }
    }

    private synchronized State stateWith(Send send) {
        if (state == State.OPEN) {
            waiting.add(send);
        }
        return state;
    }

    private synchronized List<Send> taken(State end) {
        state = end;
        var due = List.copyOf(waiting);
        waiting.clear();
        return due;
    }
}
