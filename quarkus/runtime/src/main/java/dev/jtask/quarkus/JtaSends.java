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

    synchronized void add(Send send) {
        waiting.add(send);
    }

    @Override
    public void beforeCompletion() {
        // all is sent after the commit
    }

    @Override
    public void afterCompletion(int status) {
        var due = taken();
        if (status == Status.STATUS_COMMITTED) {
            due.stream().map(Send::send).toList().forEach(sent -> PublishException.await("after commit", sent));
        } else {
            due.forEach(Send::drop);
        }
    }

    private synchronized List<Send> taken() {
        var due = List.copyOf(waiting);
        waiting.clear();
        return due;
    }
}
