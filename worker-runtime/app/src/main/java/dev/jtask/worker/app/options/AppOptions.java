package dev.jtask.worker.app.options;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.schedule.Scheduler;
import dev.jtask.seal.AuthFiles;
import dev.jtask.seal.SealOptions;
import dev.jtask.seal.Signatures;
import dev.jtask.task.Durations;
import dev.jtask.tls.TlsFiles;
import dev.jtask.worker.app.http.HttpOptions;
import dev.jtask.worker.app.logging.LogFormat;
import dev.jtask.worker.app.logging.LogOptions;
import dev.jtask.worker.options.RemoteAccess;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.options.WorkerOptions.Threads;
import dev.jtask.worker.registry.KeptQueues;
import dev.jtask.worker.registry.Routes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// A worker as a program: what runs it, and how it shows itself.
///
/// @param http health and metrics
public record AppOptions(WorkerOptions worker, HttpOptions http, LogOptions log) {

    private static final int MOST_PORT = 65_535;
    private static final String SCHEDULER_NAME = "JTASK_SCHEDULER_NAME";

    /// @throws IllegalArgumentException with a sentence that names the variable whose value is wrong
    public static AppOptions fromEnvironment(Map<String, String> environment) {
        return read(new Variables(environment));
    }

    /// The names of all variables that are read for it.
    public static Set<String> variables() {
        var variables = new Variables(Map.of());
        var _ = read(variables);
        return variables.asked();
    }

    /// The scheduler's name.
    ///
    /// @param usual where none is given
    /// @throws IllegalArgumentException naming the variable when it cannot be one
    public static String schedulerName(Map<String, String> environment, String usual) {
        return new Variables(environment).read(SCHEDULER_NAME, usual, Scheduler::requireName);
    }

    private static AppOptions read(Variables variables) {
        var named = variables.read("JTASK_NODE_NAME", "", text -> text.isEmpty() ? text : WorkerOptions.nodeName(text));
        // asking for the host's name takes a while, so only where it is needed
        var nodeName = named.isEmpty() ? NodeNames.ofThisHost().usual() : named;
        var tls = new TlsNames("JTASK_TLS_CA", "JTASK_TLS_CERT", "JTASK_TLS_KEY").read(variables);
        var kept = variables.secret(
                "JTASK_RESULT_BACKEND", "JTASK_RESULT_BACKEND_FILE", "rpc://", text -> Results.parse(text, tls));
        var results = variables.shown("JTASK_RESULT_EXTENDED", "false", text -> yesOrNo(text) ? kept.extended() : kept);
        var broker = variables
                .secret(
                        "JTASK_BROKER_URI",
                        "JTASK_BROKER_URI_FILE",
                        "amqp://guest:guest@127.0.0.1:5672/",
                        BrokerOptions::of)
                .readFrom("JTASK_BROKER_URI")
                .named(nodeName);
        var worker = new WorkerOptions(
                LoginOptions.withOAuth(secured(broker, tls, results), variables),
                variables.shown("JTASK_QUEUES", "celery", AppOptions::queueNames),
                variables.number("JTASK_CONCURRENCY", Runtime.getRuntime().availableProcessors(), 1, 10_000),
                variables.shown("JTASK_PREFETCH", "auto", AppOptions::prefetch),
                variables.shown(
                        "JTASK_DRAIN_TIMEOUT", "30s", text -> WorkerOptions.drainTimeout(Durations.parse(text))),
                variables
                        .shown("JTASK_CONSUMER_TIMEOUT", "auto", AppOptions::consumerTimeout)
                        .orElse(null),
                nodeName,
                variables.choice("JTASK_THREADS", Threads.VIRTUAL),
                results,
                variables.number("JTASK_REDELIVERY_LIMIT", 10, 1, 1_000_000),
                variables.shown("JTASK_EVENTS", "false", AppOptions::yesOrNo),
                variables.choice("JTASK_REMOTE_CONTROL", RemoteAccess.FULL),
                variables.shown("JTASK_ROUTES", "", Routes::parse),
                seal(variables),
                variables.shown("JTASK_REDACT", "", Redaction::of),
                variables.shown("JTASK_KEEP_FAILED", "", KeptQueues::parse));
        return new AppOptions(
                worker,
                http(variables),
                new LogOptions(
                        variables.choice("JTASK_LOG_FORMAT", LogFormat.TEXT),
                        variables.choice("JTASK_LOG_LEVEL", LogOptions.Detail.INFO),
                        nodeName.replaceFirst("@.*", "")));
    }

    private static HttpOptions http(Variables variables) {
        var tls = new TlsNames(null, "JTASK_METRICS_TLS_CERT", "JTASK_METRICS_TLS_KEY").read(variables);
        var host = variables.text("JTASK_HTTP_HOST", "127.0.0.1");
        int port = variables.number("JTASK_HTTP_PORT", 9000, 0, MOST_PORT);
        var metrics = variables.shown("JTASK_METRICS_PORT", "same", AppOptions::port);
        var token = variables.file("JTASK_METRICS_TOKEN_FILE");
        try {
            return new HttpOptions(host, port, metrics, token, tls);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("JTASK_METRICS_TLS_CERT: " + e.getMessage(), e);
        }
    }

    private static SealOptions seal(Variables variables) {
        var keys = variables.file("JTASK_KEYS_FILE");
        var key = variables.file("JTASK_AUTH_KEY");
        var certificate = variables.file("JTASK_AUTH_CERT");
        var store = variables.file("JTASK_AUTH_STORE");
        var given = Stream.of(key, certificate, store).filter(Objects::nonNull).count();
        var auth = key == null || certificate == null || store == null ? null : new AuthFiles(key, certificate, store);
        if (auth == null && given > 0) {
            throw new IllegalArgumentException(
                    "JTASK_AUTH_KEY, JTASK_AUTH_CERT and JTASK_AUTH_STORE: what signs, who that is and who is believed"
                            + " go together; set all three or none");
        }
        var signatures = variables.choice("JTASK_SIGNATURES", Signatures.OFF);
        var maxAge =
                variables.shown("JTASK_SIGNATURES_MAX_AGE", "24h", text -> SealOptions.maxAge(Durations.parse(text)));
        try {
            return new SealOptions(keys, signatures, maxAge, auth);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "JTASK_SIGNATURES, JTASK_SIGNATURES_MAX_AGE: %s (JTASK_KEYS_FILE, JTASK_AUTH_KEY)"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static BrokerOptions secured(BrokerOptions broker, TlsFiles tls, Results results) {
        try {
            return broker.withTls(tls, results.isSecure());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "JTASK_BROKER_URI: %s (JTASK_TLS_CA, JTASK_TLS_CERT, JTASK_TLS_KEY)".formatted(e.getMessage()), e);
        }
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

    private static OptionalInt port(String text) {
        if (text.equals("same")) {
            return OptionalInt.empty();
        }
        int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        if (number < 0 || number > MOST_PORT) {
            throw new IllegalArgumentException("use same, for that of JTASK_HTTP_PORT, or 0 to 65535");
        }
        return OptionalInt.of(number);
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

    private static Optional<Duration> consumerTimeout(String text) {
        return text.equals("auto")
                ? Optional.empty()
                : Optional.of(WorkerOptions.consumerTimeout(Durations.parse(text)));
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("use true or false");
        };
    }
}
