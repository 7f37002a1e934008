package dev.jtask.operator.victim;

import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Asks the worker's metrics endpoint, for at most a second.
public final class HttpBusySlots implements BusySlots {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long LARGEST_ANSWER = 2L << 20;
    private static final Pattern BUSY = Pattern.compile("(?m)^jtask_worker_busy_slots(?:\\{[^}]*})? ([0-9.eE+]+)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final int port;

    /// @param port the worker's HTTP port
    public HttpBusySlots(int port) {
        this.port = port;
    }

    @Override
    public OptionalInt of(Pod pod) {
        var address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        if (address == null) {
            return OptionalInt.empty();
        }
        var host = address.contains(":") ? "[" + address + "]" : address;
        var request = HttpRequest.newBuilder(URI.create("http://%s:%d/metrics".formatted(host, port)))
                .timeout(PATIENCE)
                .build();
        // the time-out of a request ends with its headers: the body has a deadline and a size here
        var asked = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            var answer = asked.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            var found = BUSY.matcher(answer.body());
            return answer.statusCode() == 200 && found.find() ? count(found.group(1)) : OptionalInt.empty();
        } catch (ExecutionException | TimeoutException e) {
            asked.cancel(true);
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    private static OptionalInt count(String figure) {
        try {
            return OptionalInt.of((int) Double.parseDouble(figure));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
