package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The columns that `kubectl get` shows of built-in kinds, before the age.
final class Columns {

    /// @param cell its value for an object
    record Column(String name, Function<JsonNode, String> cell) {}

    private static final Map<String, List<Column>> BY_KIND = Map.of(
            "Deployment",
            List.of(
                    new Column(
                            "Ready",
                            object -> count(object, "/status/readyReplicas") + "/" + count(object, "/spec/replicas")),
                    new Column("Up-to-date", object -> count(object, "/status/updatedReplicas")),
                    new Column("Available", object -> count(object, "/status/availableReplicas"))),
            "Pod",
            List.of(
                    new Column("Ready", pod -> isReady(pod) ? "1/1" : "0/1"),
                    new Column("Status", Columns::podStatus),
                    new Column("Restarts", pod -> count(pod, "/status/containerStatuses/0/restartCount"))),
            "Event",
            List.of(
                    new Column("Type", object -> object.path("type").asText()),
                    new Column("Reason", object -> object.path("reason").asText()),
                    new Column("Object", Columns::subject),
                    new Column(
                            "Message",
                            object -> object.path("message")
                                    .asText(object.path("note").asText()))));

    private Columns() {}

    static List<Column> of(String kind) {
        return BY_KIND.getOrDefault(kind, List.of());
    }

    private static String count(JsonNode object, String path) {
        return Integer.toString(object.at(path).asInt(0));
    }

    private static boolean isReady(JsonNode pod) {
        return pod.at("/status/containerStatuses/0/ready").asBoolean();
    }

    private static String podStatus(JsonNode pod) {
        if (pod.at("/metadata").hasNonNull("deletionTimestamp")) {
            return "Terminating";
        }
        return Optional.of(pod.at("/status/containerStatuses/0/state/waiting/reason")
                        .asText())
                .filter(reason -> !reason.isEmpty())
                .orElseGet(() -> pod.at("/status/phase").asText());
    }

    private static String subject(JsonNode event) {
        var subject = event.has("involvedObject") ? event.path("involvedObject") : event.path("regarding");
        return subject.path("kind").asText() + "/" + subject.path("name").asText();
    }
}
