package dev.jtask.operator.report;

import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.operator.http.Exchange;
import dev.jtask.operator.secret.MetricsTokens;
import dev.jtask.protocol.tls.PemTls;
import dev.jtask.protocol.tls.TlsVersions;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the worker's metrics endpoint, for at most a second and two megabytes.
public final class HttpWorkerReports implements WorkerReports {

    private static final Logger LOG = LoggerFactory.getLogger(HttpWorkerReports.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long MOST_BYTES = 2L << 20;
    private static final int UNAUTHORIZED = 401;
    private static final Said NOTHING = new Said(0, null);

    private final HttpClient plain;
    private final @Nullable HttpClient secured;
    private final int port;
    private final Duration patience;
    private final BiFunction<String, String, List<String>> tokens;
    /// Pods are asked every few seconds: what is wrong with them is told once.
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// @param port of pods that name none
    /// @param secured null where nobody vouches for pods
    /// @param tokens by namespace and Secret, the likeliest first
    private HttpWorkerReports(
            int port,
            HttpClient plain,
            @Nullable HttpClient secured,
            Duration patience,
            BiFunction<String, String, List<String>> tokens) {
        this.port = port;
        this.plain = plain;
        this.secured = secured;
        this.patience = patience;
        this.tokens = tokens;
    }

    /// The same, for pods that ask for a token as well.
    public HttpWorkerReports showing(MetricsTokens known) {
        return new HttpWorkerReports(port, plain, secured, patience, known::known);
    }

    /// Asks pods in plain HTTP, and none that speak TLS.
    ///
    /// @param port of pods that name none
    public static HttpWorkerReports plain(int port) {
        return plain(port, PATIENCE);
    }

    static HttpWorkerReports plain(int port, Duration patience) {
        return new HttpWorkerReports(port, http(patience).build(), null, patience, (namespace, secret) -> List.of());
    }

    /// Asks pods that speak TLS as well.
    ///
    /// @param port of pods that name none
    /// @param authorities file with who vouches for the others
    /// @throws IllegalArgumentException naming a file that cannot be used
    public static HttpWorkerReports trusting(int port, Path authorities) {
        return trusting(port, authorities, PATIENCE);
    }

    static HttpWorkerReports trusting(int port, Path authorities, Duration patience) {
        var context = PemTls.context(PodTrust.in(authorities), null);
        var secured = http(patience).sslContext(context).build();
        return new HttpWorkerReports(port, http(patience).build(), secured, patience, (namespace, secret) -> List.of());
    }

    private static HttpClient.Builder http(Duration patience) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .sslParameters(TlsVersions.parameters())
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    @Override
    public Optional<WorkerReport> of(Pod pod, Set<String> queues) {
        return MetricsDoor.of(pod, port).flatMap(door -> ask(pod, door, queues));
    }

    private Optional<WorkerReport> ask(Pod pod, MetricsDoor door, Set<String> queues) {
        var http = door.secured() ? secured : plain;
        if (http == null) {
            tell(
                    pod,
                    "no authority",
                    "they are shown over TLS and nobody vouches for it; set JTASK_OPERATOR_WORKER_CA");
            return Optional.empty();
        }
        var secret = door.tokenSecret();
        if (secret == null) {
            return Optional.ofNullable(ask(http, pod, request(door), queues).report);
        }
        for (var token : tokens.apply(pod.getMetadata().getNamespace(), secret)) {
            var said = ask(http, pod, request(door).header("Authorization", "Bearer " + token), queues);
            if (said.status != UNAUTHORIZED) {
                return Optional.ofNullable(said.report);
            }
        }
        return Optional.empty();
    }

    /// @param status 0 where there was no answer
    private record Said(int status, @Nullable WorkerReport report) {}

    private HttpRequest.Builder request(MetricsDoor door) {
        return HttpRequest.newBuilder(door.uri()).timeout(patience);
    }

    private Said ask(HttpClient http, Pod pod, HttpRequest.Builder request, Set<String> queues) {
        try {
            var said = Exchange.read(
                    http,
                    request.build(),
                    MOST_BYTES,
                    patience,
                    (status, body) -> new Said(
                            status,
                            status == 200 ? MetricsText.read(body, queues).orElse(null) : null));
            if (said.status == UNAUTHORIZED) {
                tell(
                        pod,
                        "no token",
                        "it does not take the operator's token; name the Secret that holds it in spec.metrics.tokenSecretRef of the pool, and no JTASK_METRICS_TOKEN_FILE in spec.template");
            }
            return said;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SSLException) {
                tell(
                        pod,
                        "no trust",
                        "they are shown over TLS: %s; correct JTASK_OPERATOR_WORKER_CA"
                                .formatted(e.getCause().getMessage()));
            }
            return NOTHING;
        } catch (TimeoutException | NumberFormatException e) {
            return NOTHING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOTHING;
        }
    }

    private void tell(Pod pod, String once, String why) {
        if (told.add(once)) {
            LOG.warn(
                    "the metrics of pod {} in namespace {} are not read: {}; such pods count as busy, and how long their tasks take is not known (told once)",
                    pod.getMetadata().getName(),
                    pod.getMetadata().getNamespace(),
                    why);
        }
    }
}
