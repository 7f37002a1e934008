package dev.jtask.test.memory;

import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.ChordJoin;
import dev.jtask.backend.Joined;
import dev.jtask.protocol.flow.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Counts the parts of chords.
final class MemoryChords implements ChordCounter {

    private final Map<String, Plan.Chord> begun = new HashMap<>();
    private final Map<String, Map<String, Part>> parts = new HashMap<>();

    @Override
    public synchronized CompletableFuture<Void> begin(Plan.Chord chord) {
        begun.put(chord.group(), chord);
        return CompletableFuture.allOf();
    }

    /// A task that runs twice has one part.
    @Override
    public synchronized CompletableFuture<Optional<Joined>> add(Part part) {
        var there = parts.computeIfAbsent(part.group(), group -> new HashMap<>());
        there.put(part.taskId(), part);
        var chord = begun.get(part.group());
        return CompletableFuture.completedFuture(
                chord == null || there.size() != chord.size()
                        ? Optional.empty()
                        : Optional.of(ChordJoin.of(chord.results(), inOrder(there))));
    }

    @Override
    public synchronized CompletableFuture<Void> end(String group) {
        begun.remove(group);
        parts.remove(group);
        return CompletableFuture.allOf();
    }

    private static List<Part> inOrder(Map<String, Part> there) {
        var all = new ArrayList<>(there.values());
        all.sort(Comparator.comparingInt(MemoryChords::place));
        return all;
    }

    private static int place(Part part) {
        var index = part.index();
        return index == null ? Integer.MAX_VALUE : index;
    }
}
