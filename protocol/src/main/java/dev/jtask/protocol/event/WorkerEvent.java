package dev.jtask.protocol.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/// What a worker says of itself.
///
/// @param active tasks that run now
/// @param processed tasks since the start
/// @param loadAverage of the machine over 1, 5 and 15 minutes
/// @param version of jtask
/// @param system the operating system's name
public record WorkerEvent(
        When when, int active, long processed, List<Double> loadAverage, String version, String system) {

    /// The seconds from one heartbeat to the next. Who is silent for two of them counts as gone.
    public static final double HEARTBEAT_SECONDS = 2.0;

    /// At what moment.
    public enum When {
        ONLINE,
        HEARTBEAT,
        OFFLINE
    }

    public WorkerEvent {
        loadAverage = List.copyOf(loadAverage);
    }

    String type() {
        return "worker-" + when.name().toLowerCase(Locale.ROOT);
    }

    ObjectNode fields() {
        var fields = JsonNodeFactory.instance
                .objectNode()
                .put("freq", HEARTBEAT_SECONDS)
                .put("active", active)
                .put("processed", processed);
        loadAverage.forEach(fields.putArray("loadavg")::add);
        return fields.put("sw_ident", "jtask").put("sw_ver", version).put("sw_sys", system);
    }
}
