package dev.jtask.local.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.local.kubernetes.schema.Element;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/// Everything of an object and of what is applied to it; where both have a value, the applied one's.
final class Merge {

    private Merge() {}

    static JsonNode of(Typed live, Typed applied) {
        if (live.isWhole() || applied.isWhole()) {
            return applied.value();
        }
        var old = live.parts();
        var fresh = applied.parts();
        var merged = new LinkedHashMap<Element, JsonNode>();
        order(old.keySet(), fresh.keySet()).forEach(element -> merged.put(element, either(old, fresh, element)));
        return applied.with(merged);
    }

    private static JsonNode either(Map<Element, Typed> old, Map<Element, Typed> fresh, Element element) {
        var live = old.get(element);
        var applied = fresh.get(element);
        return live != null && applied != null
                ? of(live, applied)
                : fresh.getOrDefault(element, old.getOrDefault(element, Typed.NOTHING))
                        .value();
    }

    /// Items of both come in the order of the applied list; those that it does not have stay where they were.
    private static List<Element> order(Set<Element> live, Set<Element> applied) {
        var merged = new ArrayList<Element>();
        var waiting = new ArrayDeque<>(applied);
        for (var element : live) {
            if (!applied.contains(element)) {
                merged.add(element);
            } else if (firstShared(waiting, live).filter(element::equals).isPresent()) {
                while (!merged.contains(element)) {
                    merged.add(waiting.remove());
                }
            }
        }
        merged.addAll(waiting);
        return merged;
    }

    private static Optional<Element> firstShared(Queue<Element> waiting, Set<Element> live) {
        return waiting.stream().filter(live::contains).findFirst();
    }
}
