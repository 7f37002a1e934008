package dev.jtask.operator.management;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.jtask.autoscaler.QueueSample;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a management API tells of one queue, as far as anybody wants to know it.
///
/// @param type such as `classic`, empty where it was not told
record ToldQueue(QueueSample sample, String type) {

    /// States of a queue that nothing can be put into or taken from until a node runs it again.
    private static final Set<String> DOWN = Set.of("down", "stopped", "crashed", "minority");
    /// Nobody can have counted more, and sums of so much are still right.
    private static final long LARGEST = 1_000_000_000_000_000L;

    /// As a question names them.
    static final List<String> COLUMNS = List.of(
            "name",
            "type",
            "state",
            "messages_ready",
            "messages_unacknowledged",
            "consumers",
            "message_stats.publish",
            "message_stats.ack");

    /// @throws NotManagementException when it is none
    static ToldQueue alone(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new NotManagementException("its answer is no queue", null);
        }
        return in(json);
    }

    /// @param json behind the beginning of the queue; after that, at its end
    /// @throws NotManagementException when it is none
    static ToldQueue in(JsonParser json) throws IOException {
        var name = "";
        var type = "";
        boolean down = false;
        @Nullable Long ready = null;
        @Nullable Long unacked = null;
        @Nullable Long consumers = null;
        var counted = Counted.NOTHING;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var column = json.currentName();
            json.nextToken();
            switch (column) {
                case "name" -> name = text(json);
                case "type" -> type = text(json);
                case "state" -> {
                    down = DOWN.contains(json.getText());
                    json.skipChildren();
                }
                case "messages_ready" -> ready = figure(json);
                case "messages_unacknowledged" -> unacked = figure(json);
                case "consumers" -> consumers = figure(json);
                case "message_stats" -> counted = Counted.in(json);
                default -> json.skipChildren();
            }
        }
        if (name.isEmpty()) {
            throw new NotManagementException("its answer lists a queue without a name", null);
        }
        var sample = new QueueSample(name, ready, unacked, consumers, counted.published(), counted.acked());
        return new ToldQueue(down ? sample.asDown() : sample, type);
    }

    private static String text(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new NotManagementException("its answer has a queue whose name or type is no text", null);
        }
        return json.getText();
    }

    /// @return null where it is not told
    private static @Nullable Long figure(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new NotManagementException("its answer has a figure that is none", null);
        }
        long value = json.getLongValue();
        return value < 0 || value > LARGEST ? null : Long.valueOf(value);
    }

    /// What went through a queue.
    private record Counted(
            @Nullable Long published, @Nullable Long acked) {

        static final Counted NOTHING = new Counted(null, null);

        /// A queue that never had a message of one kind has no counter for it: zero, if there are counters at all.
        static Counted in(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                // Erlang writes an empty one as a list
                json.skipChildren();
                return NOTHING;
            }
            @Nullable Long published = 0L;
            @Nullable Long acked = 0L;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var column = json.currentName();
                json.nextToken();
                switch (column) {
                    case "publish" -> published = figure(json);
                    case "ack" -> acked = figure(json);
                    default -> json.skipChildren();
                }
            }
            return new Counted(published, acked);
        }
    }
}
