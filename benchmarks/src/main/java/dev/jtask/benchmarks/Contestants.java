package dev.jtask.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who takes part. All acknowledge after the work; each has the settings that its own documentation recommends for the
/// purpose on two cores.
///
/// @param tasks the jar of [Tasks] alone
/// @param before another checkout, built, whose worker takes part as well; the same as `home` when there is none
record Contestants(Path home, Path before, Path tasks, String uri) {

    static final String CELERY_CLIENT = "celery client";
    /// No tasks, but the same messages there and back.
    static final String AMQP_CLIENT = "amqp-client alone";

    /// jtask's workers: this one, and the one before it when there is one.
    List<Contestant> jtask(int concurrency) {
        var all = new ArrayList<Contestant>();
        all.add(jtask("jtask -c " + concurrency, home, concurrency, Map.of()));
        if (!before.equals(home)) {
            all.add(jtask("jtask before", before, concurrency, Map.of()));
        }
        return all;
    }

    Contestant jtaskWithoutCache() {
        return jtask(
                "jtask without cache",
                home,
                8,
                Map.of("JTASK_CLASSPATH", home.resolve("worker-runtime/app/target/dist/lib") + "/*"));
    }

    private Contestant jtask(String name, Path checkout, int concurrency, Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "JTASK_BROKER_URI",
                uri,
                "JTASK_QUEUES",
                BenchQueue.NAME,
                "JTASK_CONCURRENCY",
                Integer.toString(concurrency),
                "JTASK_HTTP_PORT",
                "0"));
        environment.putAll(more);
        return new Contestant(
                name,
                List.of(
                        checkout.resolve("worker-runtime/bin/jtask-worker").toString(),
                        // both run the same tasks
                        tasks.toString()),
                environment);
    }

    /// @param pool prefork or threads
    Contestant celery(String pool, int concurrency, int prefetchMultiplier) {
        return python(
                "celery %s -c %d".formatted(pool, concurrency),
                List.of(
                        "-m",
                        "celery",
                        "--workdir",
                        home.resolve("benchmarks/src/main/python").toString(),
                        "-A",
                        "bench",
                        "worker",
                        "-Q",
                        BenchQueue.NAME,
                        "--loglevel",
                        "WARNING",
                        "--without-gossip",
                        "--without-mingle",
                        "--prefetch-multiplier",
                        Integer.toString(prefetchMultiplier),
                        "--pool",
                        pool,
                        "-c",
                        Integer.toString(concurrency)));
    }

    /// A script beside `bench.py`.
    Contestant celeryClient(String script, int argument) {
        return python(
                CELERY_CLIENT,
                List.of(home.resolve("benchmarks/src/main/python").resolve(script) + "", Integer.toString(argument)));
    }

    private Contestant python(String name, List<String> arguments) {
        var command = new ArrayList<>(List.of("/usr/bin/python3"));
        command.addAll(arguments);
        return new Contestant(name, command, Map.of("BENCH_BROKER_URI", uri, "PYTHONDONTWRITEBYTECODE", "1"));
    }

    /// A class of this module with a `main(URI, ARGUMENT)`.
    Contestant jtaskClient(Class<?> program, int argument) {
        return java("jtask client", List.of(program.getName(), uri, Integer.toString(argument)));
    }

    /// A class of this module with a `main(URI, ARGUMENT)` that uses no jtask.
    Contestant amqpClient(Class<?> program, int argument) {
        return java(AMQP_CLIENT, List.of(program.getName(), uri, Integer.toString(argument)));
    }

    /// No tasks at all: what the broker and its Java client can do.
    Contestant perfTest(String name, List<String> options) {
        var arguments = new ArrayList<>(List.of("com.rabbitmq.perf.PerfTest", "--uri", uri, "--predeclared"));
        arguments.addAll(options);
        return java(name, arguments);
    }

    private Contestant java(String name, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                "%s:%s/*"
                        .formatted(
                                home.resolve("benchmarks/target/classes"),
                                home.resolve("benchmarks/target/dist/lib"))));
        command.addAll(arguments);
        return new Contestant(name, command, Map.of());
    }
}
