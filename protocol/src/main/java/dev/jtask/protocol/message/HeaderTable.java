package dev.jtask.protocol.message;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table of headers that nobody changes any more. [Map#copyOf] forbids the nulls that Celery sends, and copies what
/// is unmodifiable already; each message passes several records that keep its table.
public final class HeaderTable extends AbstractMap<String, @Nullable Object> {

    private static final HeaderTable EMPTY = new HeaderTable(new LinkedHashMap<>(0));

    private final Map<String, @Nullable Object> entries;

    private HeaderTable(Map<String, @Nullable Object> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /// The same table when it is one already.
    static HeaderTable copyOf(Map<String, @Nullable Object> headers) {
        return headers instanceof HeaderTable table ? table : of(new LinkedHashMap<>(headers));
    }

    /// @param headers given away: nobody else may keep it
    public static HeaderTable of(Map<String, @Nullable Object> headers) {
        return headers.isEmpty() ? EMPTY : new HeaderTable(headers);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return entries.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return entries.containsKey(name);
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return entries.entrySet();
    }
}
