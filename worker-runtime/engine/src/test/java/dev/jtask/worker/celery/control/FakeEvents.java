package dev.jtask.worker.celery.control;

import dev.jtask.worker.celery.events.EventSwitch;

/// Counts what it is asked for.
final class FakeEvents implements EventSwitch {

    boolean wanted;
    int heartbeats;

    @Override
    public boolean isTasksWanted() {
        return wanted;
    }

    @Override
    public void wantTasks(boolean wish) {
        wanted = wish;
    }

    @Override
    public void heartbeat() {
        heartbeats++;
    }
}
