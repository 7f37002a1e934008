package dev.jtask.protocol.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Something that happened, with what every event says: what, where and when.
///
/// @param type such as `task-received`; an unknown one is a task's own state
/// @param time in microseconds
/// @param clock the sender's logical time
/// @param fields what this type says beyond that; never changed
public record Event(String type, Origin origin, Instant time, long clock, ObjectNode fields) {

    /// The field with the id of the task that a task's event is about.
    public static final String TASK_ID = "uuid";

    public Event {
        time = time.truncatedTo(ChronoUnit.MICROS);
    }

    /// Who tells it.
    ///
    /// @param node the worker's name, `name@host`
    /// @param pid of its process
    /// @param utcOffset of its process's clock, in hours west of Greenwich
    public record Origin(String node, long pid, int utcOffset) {

        /// @param offset of the process's time zone at the time of the event
        public static Origin of(String node, long pid, ZoneOffset offset) {
            // Python divides to the floor: five and a half hours east are six hours, and so Flower reads them
            return new Origin(node, pid, Math.floorDiv(-offset.getTotalSeconds(), 3600));
        }
    }

    /// About a task.
    public static Event of(TaskEvent happened, String taskId, Origin origin, Instant time, long clock) {
        return new Event(happened.type(), origin, time, clock, happened.fields().put(TASK_ID, taskId));
    }

    /// About the worker itself.
    public static Event of(WorkerEvent happened, Origin origin, Instant time, long clock) {
        return new Event(happened.type(), origin, time, clock, happened.fields());
    }
}
