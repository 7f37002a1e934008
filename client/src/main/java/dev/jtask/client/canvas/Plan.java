package dev.jtask.client.canvas;

import java.util.ArrayList;
import java.util.List;

/// What has to be done to start work flows: chords are counted before their tasks are sent.
public final class Plan {

    /// @param size how many parts the chord waits for
    public record Chord(String group, int size) {}

    private final List<Chord> chords = new ArrayList<>();
    private final List<Routed> messages = new ArrayList<>();

    public List<Chord> chords() {
        return List.copyOf(chords);
    }

    public List<Routed> messages() {
        return List.copyOf(messages);
    }

    void add(Routed message) {
        messages.add(message);
    }

    void add(Chord chord) {
        chords.add(chord);
    }
}
