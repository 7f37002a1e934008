package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// What the worker says of itself; no credential is in it.
final class StatsCommands {

    private static final String SECRET = "********";

    private final Desk desk;

    private StatsCommands(Desk desk) {
        this.desk = desk;
    }

    static Map<String, Command> of(Desk desk) {
        var commands = new StatsCommands(desk);
        return Map.of(
                "stats", arguments -> commands.stats(),
                "conf", arguments -> commands.conf(),
                "dump_conf", arguments -> commands.conf(),
                "report", arguments -> Answers.ok(commands.report()),
                "memsample", arguments -> TextNode.valueOf(megabytes(used())),
                "memdump", arguments -> TextNode.valueOf(memory()),
                "objgraph",
                        arguments -> Answers.error("objgraph is of Python; use jcmd %d GC.class_histogram"
                                .formatted(ProcessHandle.current().pid())));
    }

    private JsonNode stats() {
        var stats = JsonNodeFactory.instance.objectNode();
        var total = stats.putObject("total");
        desk.totals().byTask().forEach(total::put);
        long pid = ProcessHandle.current().pid();
        stats.put("pid", pid).put("clock", Long.toString(desk.lamport().now()));
        stats.put(
                "uptime", Duration.between(desk.since(), desk.clock().instant()).toSeconds());
        var pool = stats.putObject("pool")
                .put(
                        "implementation",
                        "jtask:" + desk.options().threads().name().toLowerCase(Locale.ROOT))
                .put("max-concurrency", desk.slots().size())
                .put("max-tasks-per-child", "N/A")
                .put("put-guarded-by-semaphore", true);
        pool.putArray("processes").add(pid);
        pool.putArray("timeouts").add(0).add(0);
        pool.putObject("writes")
                .put("total", desk.totals().all())
                .put("inqueues", desk.slots().busy());
        var broker = desk.options().broker();
        stats.putObject("broker")
                .put("hostname", broker.host())
                .put("userid", broker.username())
                .put("virtual_host", broker.vhost())
                .put("port", broker.port())
                .put("insist", false)
                .put("ssl", broker.tls())
                .put("transport", "amqp")
                .put("connect_timeout", 10)
                .put("login_method", "PLAIN")
                .put("heartbeat", 30);
        stats.put("prefetch_count", desk.switches().prefetch());
        stats.putObject("rusage").put("utime", cpuSeconds()).put("maxrss", used() / 1024);
        return stats;
    }

    private JsonNode conf() {
        var options = desk.options();
        var conf = JsonNodeFactory.instance.objectNode();
        conf.put("broker_url", options.broker().toString())
                .put("broker_password", SECRET)
                .put("result_backend", options.results().toString())
                .put("worker_concurrency", desk.slots().size())
                .put("worker_send_task_events", options.events())
                .put("task_acks_late", true)
                .put(
                        "task_default_queue",
                        desk.switches().queues().isEmpty()
                                ? ""
                                : desk.switches().queues().getFirst())
                .put("task_serializer", "json")
                .put("enable_utc", true)
                .put("timezone", "UTC");
        return conf;
    }

    private String report() {
        return "software -> jtask java:%s%n%s slots, queues %s"
                .formatted(
                        Runtime.version(), desk.slots().size(), desk.switches().queues());
    }

    private static String memory() {
        var runtime = Runtime.getRuntime();
        return "- heap: %s used of %s, at most %s%n"
                .formatted(megabytes(used()), megabytes(runtime.totalMemory()), megabytes(runtime.maxMemory()));
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String megabytes(long bytes) {
        return "%.1fMB".formatted(bytes / 1048576.0);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : 0;
    }
}
