package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The HTTP probes of one start of a container.
final class HttpChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration EAGER = Duration.ofMillis(200);
    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final int OK = 200;

    private final HttpClient http;
    private final String address;
    private final Container container;
    private Instant overdue;
    private Instant nextLiveness;

    HttpChecks(HttpClient http, String address, Container container, Instant started) {
        this.http = http;
        this.address = address;
        this.container = container;
        this.overdue = started.plus(STARTING);
        this.nextLiveness = started;
    }

    /// Without a readiness probe a container is ready as soon as it runs.
    PodFacts.Readiness readiness() {
        var probe = container.getReadinessProbe();
        return probe == null || answers(probe) ? PodFacts.Readiness.READY : PodFacts.Readiness.NOT_READY;
    }

    /// Whether the liveness probe has failed for as long as its spec allows.
    boolean isDead(Instant now) {
        var probe = container.getLivenessProbe();
        if (probe == null || now.isBefore(nextLiveness)) {
            return false;
        }
        nextLiveness = now.plus(period(probe));
        if (answers(probe)) {
            int failures = Optional.ofNullable(probe.getFailureThreshold()).orElse(3);
            overdue = now.plus(period(probe).multipliedBy(failures));
        }
        return now.isAfter(overdue);
    }

    /// How long until the next look; a pod that is not ready yet is asked more often than its spec says, since it costs
    /// nothing here.
    Duration pause(PodFacts.Readiness seen) {
        var probe = container.getReadinessProbe();
        return seen == PodFacts.Readiness.NOT_READY || probe == null ? EAGER : period(probe);
    }

    private boolean answers(Probe probe) {
        var action = probe.getHttpGet();
        if (action == null) {
            return true;
        }
        var path = Optional.ofNullable(action.getPath()).orElse("/");
        var request = HttpRequest.newBuilder(
                        URI.create("http://%s:%d%s".formatted(address, port(action.getPort()), path)))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int port(IntOrString port) {
        return Optional.ofNullable(port.getIntVal())
                .or(() -> container.getPorts().stream()
                        .filter(named ->
                                named.getName() != null && named.getName().equals(port.getStrVal()))
                        .map(ContainerPort::getContainerPort)
                        .findFirst())
                .orElse(0);
    }

    private static Duration period(Probe probe) {
        return Duration.ofSeconds(Optional.ofNullable(probe.getPeriodSeconds()).orElse(10));
    }
}
