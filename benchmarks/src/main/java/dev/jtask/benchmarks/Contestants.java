package dev.jtask.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Who drains the queue. All acknowledge after the work; each has the settings that its own documentation recommends
/// for short tasks on two cores.
final class Contestants {

    static final String QUEUE = "bench";

    private Contestants() {}

    static List<Contestant> all(Path home, String brokerUri) {
        return List.of(
                jtask(home, brokerUri),
                celery(home, brokerUri, "celery prefork -c 2", List.of("--pool", "prefork", "-c", "2")),
                celery(home, brokerUri, "celery threads -c 8", List.of("--pool", "threads", "-c", "8")),
                perfTest(home, brokerUri));
    }

    private static Contestant jtask(Path home, String brokerUri) {
        return new Contestant(
                "jtask -c 8",
                List.of(
                        home.resolve("worker-runtime/bin/jtask-worker").toString(),
                        home.resolve("benchmarks/target/classes").toString()),
                Map.of(
                        "JTASK_BROKER_URI",
                        brokerUri,
                        "JTASK_QUEUES",
                        QUEUE,
                        "JTASK_CONCURRENCY",
                        "8",
                        "JTASK_HTTP_PORT",
                        "0"));
    }

    private static Contestant celery(Path home, String brokerUri, String name, List<String> pool) {
        var command = new ArrayList<>(List.of(
                "/usr/bin/python3",
                "-m",
                "celery",
                "--workdir",
                home.resolve("benchmarks/src/main/python") + "",
                "-A",
                "bench",
                "worker",
                "-Q",
                QUEUE,
                "--loglevel",
                "WARNING",
                "--without-gossip",
                "--without-mingle",
                "--prefetch-multiplier",
                "64"));
        command.addAll(pool);
        return new Contestant(name, command, Map.of("BENCH_BROKER_URI", brokerUri, "PYTHONDONTWRITEBYTECODE", "1"));
    }

    /// No task at all: what the broker can deliver to a Java consumer that only acknowledges.
    private static Contestant perfTest(Path home, String brokerUri) {
        return new Contestant(
                "PerfTest consumer",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        home.resolve("benchmarks/target/dist/lib") + "/*",
                        "com.rabbitmq.perf.PerfTest",
                        "--uri",
                        brokerUri,
                        "--producers",
                        "0",
                        "--consumers",
                        "1",
                        "--predeclared",
                        "--queue",
                        QUEUE,
                        "--qos",
                        "256",
                        "--multi-ack-every",
                        "64"),
                Map.of());
    }
}
