package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.uri.BrokerUri;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the worker says of itself; no credential is in it.
final class StatsCommands {

    private static final String SECRET = "********";

    private final About about;
    private final QueueControl queues;
    private final LifeControl life;

    private StatsCommands(About about, QueueControl queues, LifeControl life) {
        this.about = about;
        this.queues = queues;
        this.life = life;
    }

    static Map<String, Command> of(About about, QueueControl queues, LifeControl life) {
        var commands = new StatsCommands(about, queues, life);
        return Map.of(
                "stats", Command.question(arguments -> commands.stats()),
                "conf", Command.question(arguments -> commands.conf()),
                "dump_conf", Command.question(arguments -> commands.conf()),
                "report", Command.question(arguments -> Answers.ok(commands.report())),
                "memsample", Command.question(arguments -> TextNode.valueOf(megabytes(used()))),
                "memdump", Command.question(arguments -> TextNode.valueOf(memory())),
                "objgraph",
                        Command.question(
                                arguments -> Answers.error("objgraph is of Python; use jcmd %d GC.class_histogram"
                                        .formatted(ProcessHandle.current().pid()))));
    }

    private JsonNode stats() {
        var vitals = life.vitals();
        var stats = JsonNodeFactory.instance.objectNode();
        var total = stats.putObject("total");
        about.totals().byTask().forEach(total::put);
        long pid = ProcessHandle.current().pid();
        stats.put("pid", pid).put("clock", Long.toString(about.lamport().now()));
        stats.put(
                "uptime",
                Duration.between(about.since(), about.clock().instant()).toSeconds());
        var pool = stats.putObject("pool")
                .put(
                        "implementation",
                        "jtask:" + about.options().threads().name().toLowerCase(Locale.ROOT))
                .put("max-concurrency", vitals.slots())
                .put("max-tasks-per-child", "N/A")
                .put("put-guarded-by-semaphore", true);
        pool.putArray("processes").add(pid);
        pool.putArray("timeouts").add(0).add(0);
        pool.putObject("writes").put("total", about.totals().all()).put("inqueues", vitals.busy());
        broker(stats.putObject("broker"), about.options().broker().brokers());
        stats.put("prefetch_count", vitals.prefetch());
        stats.putObject("rusage").put("utime", cpuSeconds()).put("maxrss", used() / 1024);
        return stats;
    }

    private static void broker(ObjectNode shown, List<BrokerUri> brokers) {
        var first = brokers.get(0);
        shown.put("hostname", first.host())
                .put("userid", first.login().user())
                .put("virtual_host", first.vhost())
                .put("port", first.port())
                .put("insist", false)
                .put("ssl", first.tls())
                .put("transport", "amqp")
                .put("connect_timeout", 10)
                .put("login_method", "PLAIN")
                .put("heartbeat", 30);
        var others = shown.putArray("alternates");
        brokers.stream().skip(1).map(BrokerUri::toString).forEach(others::add);
    }

    private JsonNode conf() {
        var options = about.options();
        var conf = JsonNodeFactory.instance.objectNode();
        conf.put("broker_url", options.broker().toString())
                .put("broker_password", SECRET)
                .put("result_backend", options.results().toString())
                .put("worker_concurrency", life.vitals().slots())
                .put("worker_send_task_events", options.events())
                .put("task_acks_late", true)
                .put("worker_enable_remote_control", true)
                .put("task_default_queue", names().isEmpty() ? "" : names().getFirst())
                .put("task_serializer", "json")
                .put("enable_utc", true)
                .put("timezone", "UTC");
        return conf;
    }

    private String report() {
        return "software -> jtask java:%s%n%s slots, queues %s"
                .formatted(Runtime.version(), life.vitals().slots(), names());
    }

    private List<String> names() {
        return queues.consumed().stream().map(Inlet::queue).toList();
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
