package dev.jtask.worker.fakes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What several fakes were asked for, in the order in which it happened.
public final class Journal {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public void note(String line) {
        lines.add(line);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public void clear() {
        lines.clear();
    }
}
