package dev.jtask.worker.options;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.task.Durations;
import dev.jtask.worker.app.logging.LogFormat;
import dev.jtask.worker.app.logging.LogOptions;
import dev.jtask.worker.registry.Routes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a worker runs; the `JTASK_*` environment variables are the contract between operator and worker.
///
/// @param queues consumed in this order of preference
/// @param concurrency tasks in flight, 1..10000
/// @param prefetch fixed number of messages held, or empty to adapt it
/// @param drainTimeout how long a running task may finish after SIGTERM
/// @param nodeName unique name of this worker
/// @param httpPort health and metrics; 0 takes any free port
/// @param events whether task events are sent before anybody asks for them
/// @param routes queues of the tasks that this worker sends
/// @param redeliveryLimit how often a message may come again before it is refused
public record WorkerOptions(
        BrokerOptions broker,
        List<String> queues,
        int concurrency,
        OptionalInt prefetch,
        Duration drainTimeout,
        String nodeName,
        String httpHost,
        int httpPort,
        Threads threads,
        Results results,
        int redeliveryLimit,
        boolean events,
        Routes routes,
        LogOptions log) {

    /// What a task runs on.
    public enum Threads {
        /// Virtual threads: for tasks that wait.
        VIRTUAL,
        /// Platform threads: for tasks that compute for long or pin their carrier.
        PLATFORM
    }

    /// Where results go.
    ///
    /// @param uri of the Redis server; empty for the other kinds
    public record Results(Kind kind, String uri) {

        /// The ways that there are.
        public enum Kind {
            /// To the sender's own queue.
            RPC,
            /// Into Redis, as Celery does.
            REDIS,
            /// Nowhere.
            DISABLED
        }

        /// As in configuration, without credentials.
        public String shown() {
            return switch (kind) {
                case RPC -> "rpc://";
                case REDIS -> uri.replaceFirst("//[^@/]*@", "//");
                case DISABLED -> "disabled";
            };
        }

        @Override
        public String toString() {
            return shown();
        }
    }

    public WorkerOptions {
        queues = List.copyOf(queues);
    }

    /// @throws IllegalArgumentException with a sentence that names the variable whose value is wrong
    public static WorkerOptions fromEnvironment(Map<String, String> environment) {
        var variables = new Variables(environment);
        var named = variables.text("JTASK_NODE_NAME", "");
        // asking for the host's name takes a while, so only where it is needed
        var nodeName = named.isEmpty() ? "jtask@" + host() : named;
        return new WorkerOptions(
                variables
                        .read("JTASK_BROKER_URI", "amqp://guest:guest@127.0.0.1:5672/", BrokerOptions::of)
                        .named(nodeName)
                        .withTls(
                                variables.file("JTASK_TLS_CA"),
                                variables.file("JTASK_TLS_CERT"),
                                variables.file("JTASK_TLS_KEY")),
                variables.read("JTASK_QUEUES", "celery", WorkerOptions::queueNames),
                variables.number("JTASK_CONCURRENCY", Runtime.getRuntime().availableProcessors(), 1, 10_000),
                variables.read("JTASK_PREFETCH", "auto", WorkerOptions::prefetch),
                variables.read("JTASK_DRAIN_TIMEOUT", "30s", Durations::parse),
                nodeName,
                variables.text("JTASK_HTTP_HOST", "127.0.0.1"),
                variables.number("JTASK_HTTP_PORT", 9000, 0, 65_535),
                variables.choice("JTASK_THREADS", Threads.VIRTUAL),
                variables.read("JTASK_RESULT_BACKEND", "rpc://", WorkerOptions::results),
                variables.number("JTASK_REDELIVERY_LIMIT", 10, 1, 1_000_000),
                variables.read("JTASK_EVENTS", "false", WorkerOptions::yesOrNo),
                variables.read("JTASK_ROUTES", "", Routes::parse),
                new LogOptions(
                        variables.choice("JTASK_LOG_FORMAT", LogFormat.TEXT),
                        variables.choice("JTASK_LOG_LEVEL", LogOptions.Detail.INFO),
                        nodeName.replaceFirst("@.*", "")));
    }

    private static List<String> queueNames(String text) {
        var names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (names.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("give queue names separated by commas");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("name each queue once");
        }
        return names;
    }

    private static OptionalInt prefetch(String text) {
        if (text.equals("auto")) {
            return OptionalInt.empty();
        }
        int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("use auto or 1 to 65535");
        }
        return OptionalInt.of(number);
    }

    private static Results results(String text) {
        return switch (text) {
            case "rpc://", "rpc" -> new Results(Results.Kind.RPC, "");
            case "disabled" -> new Results(Results.Kind.DISABLED, "");
            case String uri when uri.matches("rediss?://.+") -> new Results(Results.Kind.REDIS, uri);
            default -> throw new IllegalArgumentException("use rpc://, redis://host:6379/0 or disabled");
        };
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("use true or false");
        };
    }

    private static Path readable(String text) {
        if (!Files.isReadable(Path.of(text))) {
            throw new IllegalArgumentException("the file cannot be read");
        }
        return Path.of(text);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private record Variables(Map<String, String> environment) {

        <T> T read(String name, String fallback, Function<String, T> parse) {
            var text = text(name, fallback);
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                var shown = name.endsWith("_URI") || text.contains("@") ? "" : " '" + text + "'";
                throw new IllegalArgumentException("%s%s: %s".formatted(name, shown, e.getMessage()), e);
            }
        }

        String text(String name, String fallback) {
            var value = environment.get(name);
            return value == null || value.isBlank() ? fallback : value.strip();
        }

        int number(String name, int fallback, int min, int max) {
            return read(name, Integer.toString(fallback), text -> {
                int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
                if (number < min || number > max) {
                    throw new IllegalArgumentException("use a number from %d to %d".formatted(min, max));
                }
                return number;
            });
        }

        <E extends Enum<E>> E choice(String name, E fallback) {
            var choices = fallback.getDeclaringClass().getEnumConstants();
            return read(
                    name,
                    fallback.name(),
                    text -> Arrays.stream(choices)
                            .filter(choice -> choice.name().equalsIgnoreCase(text))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("use "
                                    + Arrays.stream(choices)
                                            .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                            .collect(Collectors.joining(" or ")))));
        }

        @Nullable
        Path file(String name) {
            var value = environment.get(name);
            return value == null || value.isBlank() ? null : read(name, "", WorkerOptions::readable);
        }
    }
}
