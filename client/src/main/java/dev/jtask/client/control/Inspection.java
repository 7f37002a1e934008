package dev.jtask.client.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/// What workers say of themselves, by node name, in the shape of Celery's `inspect` commands.
public final class Inspection {

    private final Workers workers;

    Inspection(Workers workers) {
        this.workers = workers;
    }

    /// The tasks that run now.
    public Map<String, JsonNode> active() {
        return ask("active");
    }

    /// The tasks that a worker holds and has not started.
    public Map<String, JsonNode> reserved() {
        return ask("reserved");
    }

    /// The tasks that a worker holds for a later time; those that wait in the broker are not among them.
    public Map<String, JsonNode> scheduled() {
        return ask("scheduled");
    }

    /// The ids of revoked tasks.
    public Map<String, JsonNode> revoked() {
        return ask("revoked");
    }

    /// The names of the tasks that a worker has.
    public Map<String, JsonNode> registered() {
        return ask("registered");
    }

    /// Figures of each worker: its process id, its broker and pool, and how many tasks of each name it has taken.
    public Map<String, JsonNode> stats() {
        return ask("stats");
    }

    /// The queues that each worker consumes.
    public Map<String, JsonNode> activeQueues() {
        return ask("active_queues");
    }

    /// The settings, without secrets.
    public Map<String, JsonNode> conf() {
        return ask("conf");
    }

    /// A text about each worker for people, under `ok`.
    public Map<String, JsonNode> report() {
        return ask("report");
    }

    /// The logical time of each worker, as its events carry it.
    public Map<String, JsonNode> clock() {
        return ask("clock");
    }

    /// Where each of these tasks is: `{"id": ["active" | "reserved" | "ready", {…}]}`, without the unknown.
    public Map<String, JsonNode> query(String... ids) {
        var arguments = Workers.arguments();
        var list = arguments.putArray("ids");
        List.of(ids).forEach(list::add);
        return workers.ask("query_task", arguments);
    }

    private Map<String, JsonNode> ask(String method) {
        return workers.ask(method, Workers.arguments());
    }
}
