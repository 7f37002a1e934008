package dev.jtask.operator.report;

import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.operator.http.Exchange;
import dev.jtask.protocol.tls.PemTls;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the worker's metrics endpoint, for at most a second and two megabytes.
public final class HttpWorkerReports implements WorkerReports {

    private static final Logger LOG = LoggerFactory.getLogger(HttpWorkerReports.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long MOST_BYTES = 2L << 20;

    private final HttpClient plain;
    private final @Nullable HttpClient secured;
    private final int port;
    private final Duration patience;
    /// Pods are asked every few seconds: what is wrong with their TLS is told once.
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// @param port of pods that name none
    /// @param secured null where nobody vouches for pods
    private HttpWorkerReports(int port, HttpClient plain, @Nullable HttpClient secured, Duration patience) {
        this.port = port;
        this.plain = plain;
        this.secured = secured;
        this.patience = patience;
    }

    /// Asks pods in plain HTTP, and none that speak TLS.
    ///
    /// @param port of pods that name none
    public static HttpWorkerReports plain(int port) {
        return plain(port, PATIENCE);
    }

    static HttpWorkerReports plain(int port, Duration patience) {
        return new HttpWorkerReports(port, http(patience).build(), null, patience);
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
        return new HttpWorkerReports(port, http(patience).build(), secured, patience);
    }

    private static HttpClient.Builder http(Duration patience) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    @Override
    public Optional<WorkerReport> of(Pod pod, Set<String> queues) {
        return MetricsDoor.of(pod, port).flatMap(door -> ask(pod, door, queues));
    }

    private Optional<WorkerReport> ask(Pod pod, MetricsDoor door, Set<String> queues) {
        var http = door.secured() ? secured : plain;
        if (http == null) {
            tell(pod, "no authority", "nobody vouches for it; set JTASK_OPERATOR_WORKER_CA");
            return Optional.empty();
        }
        return ask(http, pod, door, queues);
    }

    private Optional<WorkerReport> ask(HttpClient http, Pod pod, MetricsDoor door, Set<String> queues) {
        var request = HttpRequest.newBuilder(door.uri()).timeout(patience).build();
        try {
            return Exchange.read(
                    http,
                    request,
                    MOST_BYTES,
                    patience,
                    (status, body) -> status == 200 ? MetricsText.read(body, queues) : Optional.empty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SSLException) {
                tell(
                        pod,
                        "no trust",
                        "%s; correct JTASK_OPERATOR_WORKER_CA"
                                .formatted(e.getCause().getMessage()));
            }
            return Optional.empty();
        } catch (TimeoutException | NumberFormatException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void tell(Pod pod, String once, String why) {
        if (told.add(once)) {
            LOG.warn(
                    "pod {} in namespace {} shows its metrics over TLS, and they are not read: {}; such pods count as busy, and how long their tasks take is not known (told once)",
                    pod.getMetadata().getName(),
                    pod.getMetadata().getNamespace(),
                    why);
        }
    }
}
