package dev.jtask.operator;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Whether the operator hears of pools, Deployments and pods. A watched namespace that is gone, or that it may
/// not read, is told and no reason to stop those of the others: the SDK's own check would be down for as long as
/// it is configured.
@Readiness
@Singleton
public final class PoolsAreHeardOf implements HealthCheck {

    private static final String NAME = "Pools are heard of";

    private final Operator operator;

    PoolsAreHeardOf(Operator operator) {
        this.operator = operator;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // as the SDK declares them
    public HealthCheckResponse call() {
        var running = operator.getRuntimeInfo();
        if (!running.isStarted()) {
            return HealthCheckResponse.down(NAME);
        }
        var sources = new TreeMap<String, Collection<InformerHealthIndicator>>();
        for (var controller : running.getRegisteredControllers()) {
            controller
                    .getControllerHealthInfo()
                    .informerEventSourceHealthIndicators()
                    .forEach((name, source) ->
                            sources.put(name, source.informerHealthIndicators().values()));
        }
        return of(sources);
    }

    /// @param sources what is watched, by its name, each with the informers of its namespaces
    static HealthCheckResponse of(Map<String, ? extends Collection<? extends InformerHealthIndicator>> sources) {
        var answer = HealthCheckResponse.named(NAME);
        var up = true;
        for (var source : sources.entrySet()) {
            var informers = source.getValue();
            up &= informers.stream().allMatch(InformerHealthIndicator::isRunning)
                    && informers.stream().anyMatch(InformerHealthIndicator::hasSynced);
            var unread = informers.stream()
                    .filter(informer -> !informer.isRunning() || !informer.hasSynced())
                    .map(InformerHealthIndicator::getTargetNamespace)
                    .sorted()
                    .collect(Collectors.joining(", "));
            answer.withData(source.getKey(), unread.isEmpty() ? "all read" : "cannot be read in " + unread);
        }
        return answer.status(up).build();
    }
}
