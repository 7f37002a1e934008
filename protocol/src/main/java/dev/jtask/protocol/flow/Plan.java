package dev.jtask.protocol.flow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.result.StoredResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has to be done to start work flows: chords are counted before their tasks are sent.
public final class Plan {

    /// @param size how many parts the chord waits for
    /// @param results the parts as a tree of Celery's result tuples; null when they are one plain list
    public record Chord(String group, int size, @Nullable ArrayNode results) {

        /// What Celery's Redis backend keeps of a chord, by key.
        public Map<String, String> stored() {
            var stored = new LinkedHashMap<String, String>();
            stored.put(StoredResult.chordSizeKey(group), Integer.toString(size));
            if (results != null) {
                var saved = JsonNodeFactory.instance.objectNode();
                saved.putArray("result")
                        .add(JsonNodeFactory.instance.arrayNode().add(group).addNull())
                        .add(results);
                stored.put(StoredResult.groupKey(group), saved.toString());
            }
            return stored;
        }
    }

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
