package dev.jtask.operator.fake;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Events;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what was announced.
public final class RecordingEvents implements Events {

    private final List<Announcement> news = new CopyOnWriteArrayList<>();
    private final Journal journal;

    public RecordingEvents() {
        this(new Journal());
    }

    public RecordingEvents(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void publish(TaskWorkerPool pool, Announcement one) {
        news.add(one);
        journal.write("event " + one.reason());
    }

    public List<Announcement> all() {
        return List.copyOf(news);
    }
}
