package dev.jtask.broker;

import dev.jtask.protocol.uri.BrokerUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What became of each broker that was tried, as one sentence without credentials.
final class Round {

    private record Failure(Place place, String why, Exception cause) {}

    private final BrokerOptions options;
    private final int patienceMs;
    private final List<Failure> failures = new ArrayList<>();

    /// @param patienceMs how long each was waited for
    Round(BrokerOptions options, int patienceMs) {
        this.options = options;
        this.patienceMs = patienceMs;
    }

    void failed(Place place, Exception cause) {
        failures.add(new Failure(place, Unconnected.why(place.broker(), options, patienceMs, cause), cause));
        Unconnected.tell(options, cause);
    }

    IOException failure() {
        // in the order of the URI, so that the same is said in the same words
        Map<BrokerUri, List<Failure>> byBroker = new LinkedHashMap<>();
        options.brokers().forEach(broker -> byBroker.put(broker, new ArrayList<>()));
        failures.forEach(failure -> byBroker.computeIfAbsent(failure.place.broker(), broker -> new ArrayList<>())
                .add(failure));
        var each = byBroker.entrySet().stream()
                .map(entry -> "%s: %s".formatted(entry.getKey(), reasons(entry.getValue())))
                .collect(Collectors.joining("; "));
        var told = new IOException(
                options.brokers().size() == 1
                        ? "cannot connect to broker " + each
                        : "cannot connect to any of %d brokers: %s"
                                .formatted(options.brokers().size(), each),
                failures.get(0).cause);
        failures.stream().skip(1).forEach(failure -> told.addSuppressed(failure.cause));
        return told;
    }

    /// Once what is the same for all addresses of a name, else each with its address.
    private static String reasons(List<Failure> failures) {
        if (failures.isEmpty()) {
            return "not tried";
        }
        boolean same = failures.stream().map(Failure::why).distinct().count() == 1;
        return same
                ? failures.get(0).why
                : failures.stream()
                        .map(failure -> "%s (%s)".formatted(failure.why, failure.place.ip()))
                        .collect(Collectors.joining(", "));
    }
}
