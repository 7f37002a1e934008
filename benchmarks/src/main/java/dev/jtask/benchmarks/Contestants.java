package dev.jtask.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who drains the queue. All acknowledge after the work; each has the settings that its own documentation recommends
/// for short tasks on two cores.
final class Contestants {

    static final String QUEUE = "bench";

    private Contestants() {}

    static List<Contestant> all(Path home, String brokerUri) {
        var before = System.getenv("JTASK_BENCH_BEFORE");
        var all = new ArrayList<Contestant>();
        all.add(jtask("jtask -c 8", home, brokerUri, Map.of()));
        if (before != null) {
            all.add(jtask("jtask before", Path.of(before), brokerUri, Map.of()));
        }
        all.addAll(peers(home, brokerUri));
        return all;
    }

    private static List<Contestant> peers(Path home, String brokerUri) {
        return List.of(
                celery(home, brokerUri, "celery prefork -c 2", List.of("--pool", "prefork", "-c", "2")),
                celery(home, brokerUri, "celery threads -c 8", List.of("--pool", "threads", "-c", "8")),
                perfTest(home, brokerUri));
    }

    /// The same worker with and without what makes it start fast.
    static List<Contestant> starting(Path home, String brokerUri) {
        return List.of(
                jtask("jtask", home, brokerUri, Map.of()),
                jtask(
                        "jtask without cache",
                        home,
                        brokerUri,
                        Map.of("JTASK_CLASSPATH", home.resolve("worker-runtime/app/target/dist/lib") + "/*")));
    }

    private static Contestant jtask(String name, Path home, String brokerUri, Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "JTASK_BROKER_URI",
                brokerUri,
                "JTASK_QUEUES",
                QUEUE,
                "JTASK_CONCURRENCY",
                "8",
                "JTASK_HTTP_PORT",
                "0"));
        environment.putAll(more);
        return new Contestant(
                name,
                List.of(
                        home.resolve("worker-runtime/bin/jtask-worker").toString(),
                        home.resolve("benchmarks/target/classes").toString()),
                environment);
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
