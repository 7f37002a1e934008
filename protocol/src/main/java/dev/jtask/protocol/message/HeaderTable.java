package dev.jtask.protocol.message;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A table of headers that nobody changes any more. [Map#copyOf] forbids the nulls that Celery sends, and copies what
/// is unmodifiable already; each message passes several records that keep its table.
public final class HeaderTable extends AbstractMap<String, @Nullable Object> {

    private static final HeaderTable EMPTY = new HeaderTable(new LinkedHashMap<>(0), name -> true);

    private final Map<String, @Nullable Object> table;
    private final Predicate<String> shown;
    /// What is shown, once somebody wants all of it: of most messages nobody does.
    private volatile @Nullable Map<String, @Nullable Object> entries;

    private HeaderTable(Map<String, @Nullable Object> table, Predicate<String> shown) {
        this.table = table;
        this.shown = shown;
    }

    /// The same table when it is one already.
    static HeaderTable copyOf(Map<String, @Nullable Object> headers) {
        return headers instanceof HeaderTable table ? table : of(new LinkedHashMap<>(headers));
    }

    /// @param headers given away: nobody else may keep it
    public static HeaderTable of(Map<String, @Nullable Object> headers) {
        if (headers.isEmpty()) {
            return EMPTY;
        }
        var table = new HeaderTable(headers, name -> true);
        table.entries = Collections.unmodifiableMap(headers);
        return table;
    }

    /// Part of a table, by the names in it.
    static HeaderTable part(Map<String, @Nullable Object> headers, Predicate<String> shown) {
        return new HeaderTable(copyOf(headers), shown);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        // looked up first, since most that is asked for is not there
        var value = table.get(name);
        return value != null && name instanceof String text && shown.test(text) ? value : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return table.containsKey(name) && name instanceof String text && shown.test(text);
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return entries().entrySet();
    }

    @Override
    public Collection<@Nullable Object> values() {
        return entries().values();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        entries().forEach(action);
    }

    private Map<String, @Nullable Object> entries() {
        var known = entries;
        if (known == null) {
            var part = new LinkedHashMap<String, @Nullable Object>();
            table.forEach((name, value) -> {
                if (shown.test(name)) {
                    part.put(name, value);
                }
            });
            known = Collections.unmodifiableMap(part);
            entries = known;
        }
        return known;
    }
}
