package dev.jtask.worker.run;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.topology.SignalPlace;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Until when a task waits for which signals, as its message carries it from run to run: the end of a wait is decided
/// once, and a wait that is over stays so, whatever comes later.
///
/// @param ends by the signals' names, in milliseconds since 1970
public record SignalWaits(Map<String, Long> ends) {

    public static final SignalWaits NONE = new SignalWaits(Map.of());

    private static final long OVER = -1;

    public SignalWaits {
        ends = Map.copyOf(ends);
    }

    /// Anybody can write anything there: what is no end of a wait is none.
    ///
    /// @param headers of a task's message as it was opened
    public static SignalWaits in(Map<String, @Nullable Object> headers) {
        if (!(headers.get(JtaskHeaders.SIGNALS) instanceof Map<?, ?> table)) {
            return NONE;
        }
        var ends = new TreeMap<String, Long>();
        table.forEach((name, end) -> {
            if (name instanceof String signal && SignalPlace.isName(signal) && end instanceof Number number) {
                ends.put(signal, number.longValue());
            }
        });
        return new SignalWaits(ends);
    }

    /// Whether the task was told that its time is over.
    boolean isOver(String signal) {
        return ends.getOrDefault(signal, 0L) == OVER;
    }

    /// Empty when the task has not waited for it yet.
    OptionalLong end(String signal) {
        var end = ends.get(signal);
        return end == null ? OptionalLong.empty() : OptionalLong.of(end);
    }

    SignalWaits until(String signal, Instant end) {
        return with(signal, end.toEpochMilli());
    }

    SignalWaits over(String signal) {
        return with(signal, OVER);
    }

    private SignalWaits with(String signal, long end) {
        var more = new TreeMap<>(ends);
        more.put(signal, end);
        return new SignalWaits(more);
    }
}
