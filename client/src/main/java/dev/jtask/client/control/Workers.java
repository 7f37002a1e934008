package dev.jtask.client.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.TypedJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The workers that are online, Java's and Python's, through Celery's remote control. Answers are by node name; a
/// worker that does not answer in time is not among them.
public final class Workers implements TaskHandle.Control {

    private final Broadcast broadcast;
    private final List<String> nodes;
    private final Duration timeout;

    public Workers(Broadcast broadcast) {
        this(broadcast, List.of(), Duration.ofSeconds(1));
    }

    private Workers(Broadcast broadcast, List<String> nodes, Duration timeout) {
        this.broadcast = broadcast;
        this.nodes = nodes;
        this.timeout = timeout;
    }

    /// Only these nodes, such as `jtask@host`; a question ends as soon as all of them have answered.
    public Workers on(String... names) {
        return new Workers(broadcast, List.of(names), timeout);
    }

    /// How long to collect answers; 1 s by default, as in Celery.
    ///
    /// @throws IllegalArgumentException when it is negative or above a hundred years
    public Workers within(Duration time) {
        if (time.isNegative() || time.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException("answers are collected for 0 s to a hundred years, not " + time);
        }
        return new Workers(broadcast, nodes, time);
    }

    /// The names of the nodes that are there.
    public Set<String> ping() {
        return ask("ping", arguments()).keySet();
    }

    /// Questions that change nothing.
    public Inspection inspect() {
        return new Inspection(this);
    }

    /// The tasks will not be started; one that runs goes on. Reaches the workers that are online now.
    @Override
    public void revoke(String... ids) {
        broadcast.tell("revoke", revocation(ids).put("terminate", false), nodes);
    }

    /// As [#revoke], and those that run are interrupted.
    @Override
    public void terminate(String... ids) {
        broadcast.tell("revoke", revocation(ids).put("terminate", true).put("signal", "SIGTERM"), nodes);
    }

    /// The most that each worker starts of a task from now on.
    ///
    /// @param rate such as `10/s`, `100/m`, `5/h`; null for no limit
    public Map<String, JsonNode> rateLimit(String task, @Nullable String rate) {
        return ask("rate_limit", arguments().put("task_name", task).put("rate_limit", rate));
    }

    /// Limits of all runs of a task that start from now on, in steps of 1 ms.
    ///
    /// @param soft null for none
    /// @param hard null for none
    public Map<String, JsonNode> timeLimit(String task, @Nullable Duration soft, @Nullable Duration hard) {
        return ask(
                "time_limit",
                arguments().put("task_name", task).put("soft", seconds(soft)).put("hard", seconds(hard)));
    }

    /// So many slots more in each worker.
    public Map<String, JsonNode> growPool(int slots) {
        return ask("pool_grow", arguments().put("n", slots));
    }

    /// So many slots fewer in each worker; tasks that run go on.
    public Map<String, JsonNode> shrinkPool(int slots) {
        return ask("pool_shrink", arguments().put("n", slots));
    }

    /// Each worker consumes this queue as well.
    public Map<String, JsonNode> addConsumer(String queue) {
        return ask("add_consumer", arguments().put("queue", queue));
    }

    /// Each worker stops consuming this queue; tasks that it has taken run.
    public Map<String, JsonNode> cancelConsumer(String queue) {
        return ask("cancel_consumer", arguments().put("queue", queue));
    }

    /// The workers send task events, as Flower and `celery events` show them.
    public Map<String, JsonNode> enableEvents() {
        return ask("enable_events", arguments());
    }

    /// The workers send no task events any more.
    public Map<String, JsonNode> disableEvents() {
        return ask("disable_events", arguments());
    }

    /// They finish what they run and end; nobody answers.
    public void shutdown() {
        broadcast.tell("shutdown", arguments(), nodes);
    }

    Map<String, JsonNode> ask(String method, ObjectNode arguments) {
        return broadcast.ask(method, arguments, nodes, timeout);
    }

    static ObjectNode arguments() {
        return TypedJson.mapper().createObjectNode();
    }

    private static ObjectNode revocation(String... ids) {
        var arguments = arguments();
        var list = arguments.putArray("task_id");
        List.of(ids).forEach(list::add);
        return arguments;
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1e3;
    }
}
