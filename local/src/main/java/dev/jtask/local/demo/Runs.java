package dev.jtask.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Counts how often each task began to write: each run has an unfinished file of its own, whose name starts with the
/// task's id.
final class Runs implements AutoCloseable {

    private static final String UNFINISHED = ".part";
    private static final int ID_LENGTH = 36;

    private final WatchService watch;
    private final Map<String, Set<String>> files = new ConcurrentHashMap<>();
    private volatile boolean missedSome;

    private Runs(WatchService watch) {
        this.watch = watch;
    }

    /// Watches the folder that tasks write to.
    static Runs in(Path folder) {
        try {
            var watch = folder.getFileSystem().newWatchService();
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            var runs = new Runs(watch);
            Thread.ofPlatform().daemon().name("runs").start(runs::count);
            return runs;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch " + folder, e);
        }
    }

    int of(String taskId) {
        return files.getOrDefault(taskId, Set.of()).size();
    }

    /// Whether more was written at once than the system could tell of: counts may then be too low.
    boolean missedSome() {
        return missedSome;
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count() {
        try {
            while (true) {
                var key = watch.take();
                for (var event : key.pollEvents()) {
                    if (StandardWatchEventKinds.OVERFLOW.equals(event.kind())) {
                        missedSome = true;
                    } else {
                        began(String.valueOf(event.context()));
                    }
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException e) {
            // all is counted
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void began(String file) {
        if (file.endsWith(UNFINISHED) && file.length() > ID_LENGTH) {
            files.computeIfAbsent(file.substring(0, ID_LENGTH), id -> ConcurrentHashMap.newKeySet())
                    .add(file);
        }
    }
}
