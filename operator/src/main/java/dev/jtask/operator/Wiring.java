package dev.jtask.operator;

import dev.jtask.operator.broker.BrokerMetrics;
import dev.jtask.operator.broker.BrokerWatch;
import dev.jtask.operator.broker.HttpManagementApi;
import dev.jtask.operator.broker.Secrets;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.event.KubernetesEvents;
import dev.jtask.operator.queue.QueueCleaner;
import dev.jtask.operator.queue.QueueDeclarer;
import dev.jtask.operator.scaling.HttpBusySlots;
import dev.jtask.operator.scaling.KubernetesPodAnnotator;
import dev.jtask.operator.scaling.ReplicaWriter;
import dev.jtask.operator.scaling.ScalingLoop;
import dev.jtask.operator.scaling.Victims;
import dev.jtask.operator.workload.DeploymentApi;
import dev.jtask.operator.workload.Deployments;
import dev.jtask.operator.workload.DesiredDeployment;
import dev.jtask.operator.workload.Drift;
import dev.jtask.operator.workload.KubernetesDeploymentApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Puts the operator together: the only place that knows every part.
@Singleton
public final class Wiring {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    EventSources eventSources() {
        return new EventSources();
    }

    @Produces
    @Singleton
    Events events(KubernetesClient client, Clock clock) {
        return new KubernetesEvents(client, clock);
    }

    @Produces
    @Singleton
    Secrets secrets(KubernetesClient client, OperatorConfig config, Clock clock) {
        return new Secrets(
                (namespace, name) -> Optional.ofNullable(
                        client.secrets().inNamespace(namespace).withName(name).get()),
                config.secretRefresh(),
                clock);
    }

    @Produces
    @Singleton
    DeploymentApi deploymentApi(KubernetesClient client) {
        return new KubernetesDeploymentApi(client);
    }

    @Produces
    @Singleton
    Deployments deployments(KubernetesClient client, DeploymentApi api) {
        var json = client.getKubernetesSerialization();
        return new Deployments(new DesiredDeployment(json), new Drift(json), api);
    }

    @Produces
    @Singleton
    ScalingLoop scalingLoop(
            KubernetesClient client,
            OperatorConfig config,
            EventSources sources,
            DeploymentApi deployments,
            Events events,
            MeterRegistry registry,
            Clock clock) {
        // Its threads are daemons: a look under way does not hold up the end of the process.
        var looks = Executors.newVirtualThreadPerTaskExecutor();
        var victims = new Victims(new HttpBusySlots(config.workerPort()), new KubernetesPodAnnotator(client));
        return new ScalingLoop(
                listener -> new BrokerWatch<>(
                        config.tick(),
                        access -> HttpManagementApi.open(access, config.brokerTimeout()),
                        brokerMetrics(registry),
                        clock,
                        looks,
                        listener),
                config.tick(),
                sources,
                new ReplicaWriter(deployments, victims, events),
                new QueueDeclarer(events),
                new QueueCleaner(events),
                clock,
                sources::reconcile);
    }

    @Produces
    @Singleton
    PoolGauges poolGauges(MeterRegistry registry) {
        return new PoolGauges(registry);
    }

    @Produces
    @Singleton
    Farewell farewell(
            DeploymentApi deployments,
            EventSources sources,
            Secrets secrets,
            ScalingLoop scaling,
            Events events,
            OperatorConfig config,
            Clock clock) {
        return new Farewell(deployments, sources, secrets, scaling, events, config, clock);
    }

    @Produces
    @Singleton
    Operator operator(QuarkusConfigurationService configuration, TaskWorkerPoolReconciler reconciler) {
        var operator = new Operator(configuration);
        operator.register(reconciler, new EveryEvent<>(configuration.getConfigurationFor(reconciler), configuration));
        return operator;
    }

    /// Nothing when leader election is off, which is how the SDK is told so.
    @Produces
    @Dependent
    @Nullable
    LeaderElectionConfiguration leaderElection(OperatorConfig config) {
        var election = config.leaderElection();
        if (!election.enabled()) {
            return null;
        }
        var configuration = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(election.leaseName());
        election.leaseNamespace().ifPresent(configuration::withLeaseNamespace);
        return configuration.build();
    }

    private static BrokerMetrics brokerMetrics(MeterRegistry registry) {
        return (broker, outcome, took) -> registry.timer("jtask.broker.probe", "broker", broker, "outcome", outcome)
                .record(took);
    }
}
