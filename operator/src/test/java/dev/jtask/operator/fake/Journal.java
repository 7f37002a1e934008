package dev.jtask.operator.fake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What fakes were asked to do, in the order of it: one for all of a test shows which write came first.
public final class Journal {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public void write(String line) {
        lines.add(line);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public void clear() {
        lines.clear();
    }
}
