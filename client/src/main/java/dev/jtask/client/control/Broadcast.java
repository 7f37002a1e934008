package dev.jtask.client.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.Internal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Celery's remote control (pidbox) from the asking side: a command to every worker that is online, and their answers.
@Internal
public interface Broadcast {

    /// Sends a command that nobody answers.
    ///
    /// @param nodes whom it is for; empty for all
    void tell(String method, ObjectNode arguments, List<String> nodes);

    /// Sends a command and collects the answers by node name until the time is over, or until all of `nodes` answered.
    Map<String, JsonNode> ask(String method, ObjectNode arguments, List<String> nodes, Duration timeout);
}
