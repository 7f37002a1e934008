package dev.jtask.operator.management;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// One value for all that ask by the same key, while anybody has it. For any thread.
final class WhileUsed<K, V> {

    private final Map<K, WeakReference<V>> all = new HashMap<>();
    private final Function<K, V> fresh;

    /// @param fresh makes the value of a key that nobody has
    WhileUsed(Function<K, V> fresh) {
        this.fresh = fresh;
    }

    synchronized V of(K key) {
        all.values().removeIf(value -> value.get() == null);
        var known = all.get(key);
        var value = known == null ? null : known.get();
        if (value == null) {
            value = fresh.apply(key);
            all.put(key, new WeakReference<>(value));
        }
        return value;
    }
}
