package dev.jtask.operator;

import dev.jtask.operator.cluster.EventSources;
import dev.jtask.operator.cluster.KubernetesDeploymentApi;
import dev.jtask.operator.cluster.KubernetesEvents;
import dev.jtask.operator.cluster.KubernetesPodAnnotator;
import dev.jtask.operator.depth.AmqpDepths;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.management.LedApis;
import dev.jtask.operator.queue.KnownDeletions;
import dev.jtask.operator.queue.QueueCleaner;
import dev.jtask.operator.queue.QueueDeclarer;
import dev.jtask.operator.reconcile.KnownPools;
import dev.jtask.operator.reconcile.MeteredLooks;
import dev.jtask.operator.reconcile.MeteredScaling;
import dev.jtask.operator.reconcile.Pace;
import dev.jtask.operator.reconcile.PoolCopies;
import dev.jtask.operator.reconcile.PoolDeletion;
import dev.jtask.operator.reconcile.PoolGauges;
import dev.jtask.operator.reconcile.TaskWorkerPoolReconciler;
import dev.jtask.operator.reconcile.UsedSecrets;
import dev.jtask.operator.report.HttpWorkerReports;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.scaling.PodBudget;
import dev.jtask.operator.scaling.ReplicaWriter;
import dev.jtask.operator.scaling.ScalingLoop;
import dev.jtask.operator.secret.BrokerHosts;
import dev.jtask.operator.secret.MetricsTokens;
import dev.jtask.operator.secret.Secrets;
import dev.jtask.operator.secret.ShortHosts;
import dev.jtask.operator.victim.Victims;
import dev.jtask.operator.watch.BrokerWatch;
import dev.jtask.operator.workload.DeploymentApi;
import dev.jtask.operator.workload.Deployments;
import dev.jtask.operator.workload.DesiredDeployment;
import dev.jtask.operator.workload.Drift;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Puts the operator together: the only place that knows every part.
@Singleton
public final class Wiring {

    /// In every pod that has a token of Kubernetes.
    private static final Path OWN_NAMESPACE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    KnownDeletions knownDeletions() {
        return new KnownDeletions(System::nanoTime);
    }

    @Produces
    @Singleton
    EventSources eventSources() {
        return new EventSources();
    }

    @Produces
    @Singleton
    KnownPools knownPools(EventSources sources) {
        return new KnownPools(sources, sources::reconcile);
    }

    @Produces
    @Singleton
    Pace pace(OperatorConfig config) {
        return Pace.of(config.waits().tick(), config.waits().deletionPatience());
    }

    @Produces
    @Singleton
    Events events(KubernetesClient client, Clock clock, Leadership leadership) {
        return new KubernetesEvents(client, clock, leadership);
    }

    @Produces
    @Singleton
    Secrets secrets(KubernetesClient client, OperatorConfig config, Clock clock) {
        return new Secrets(
                secretsOf(client),
                config.trust().brokerHosts().map(BrokerHosts::of).orElse(BrokerHosts.ANY),
                ShortHosts.told(OWN_NAMESPACE),
                config.waits().secretRefresh(),
                clock);
    }

    @Produces
    @Singleton
    MetricsTokens metricsTokens(KubernetesClient client, OperatorConfig config, Clock clock) {
        return new MetricsTokens(secretsOf(client), config.waits().secretRefresh(), clock);
    }

    @Produces
    @Singleton
    UsedSecrets usedSecrets(Secrets secrets, MetricsTokens tokens, EventSources sources) {
        return new UsedSecrets(secrets, tokens, sources::reconcile);
    }

    private static Secrets.Source secretsOf(KubernetesClient client) {
        return (namespace, name) -> Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
    }

    @Produces
    @Singleton
    DeploymentApi deploymentApi(KubernetesClient client, Leadership leadership) {
        return new KubernetesDeploymentApi(client, leadership);
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
            MetricsTokens tokens,
            MeterRegistry registry,
            KnownDeletions deletions,
            Clock clock,
            Leadership leadership) {
        // its threads are daemons: a look under way does not hold up the end of the process
        var looks = Executors.newVirtualThreadPerTaskExecutor();
        var apis = new LedApis(config.waits().brokerTimeout(), leadership);
        var calls = new RollCall(reports(config).showing(tokens));
        var victims = new Victims(calls, new KubernetesPodAnnotator(client, leadership));
        return new ScalingLoop(
                listener -> new BrokerWatch<>(
                        config.waits().tick(),
                        config.waits().brokerTimeout(),
                        apis::open,
                        access -> AmqpDepths.of(access, config.waits().brokerTimeout(), leadership, looks, clock),
                        new MeteredLooks(registry),
                        clock,
                        System::nanoTime,
                        looks,
                        listener),
                apis::name,
                config.waits().tick(),
                new PodBudget(config.pods().budgetPods(), sources::sizes),
                sources,
                calls,
                new ReplicaWriter(deployments, victims, events),
                new MeteredScaling(registry),
                new QueueDeclarer(events),
                new QueueCleaner(events, deletions),
                clock,
                sources::reconcile,
                looks,
                leadership);
    }

    private static HttpWorkerReports reports(OperatorConfig config) {
        int port = config.pods().workerPort();
        return config.trust()
                .workerCa()
                .map(authorities -> HttpWorkerReports.trusting(port, authorities))
                .orElseGet(() -> HttpWorkerReports.plain(port));
    }

    @Produces
    @Singleton
    PoolGauges poolGauges(MeterRegistry registry) {
        return new PoolGauges(registry);
    }

    @Produces
    @Singleton
    PoolDeletion poolDeletion(
            DeploymentApi deployments,
            EventSources sources,
            Secrets secrets,
            ScalingLoop scaling,
            Events events,
            Pace pace,
            KnownDeletions deletions) {
        return new PoolDeletion(deployments, sources, secrets, scaling, events, pace, deletions);
    }

    @Produces
    @Singleton
    Operator operator(QuarkusConfigurationService configuration, TaskWorkerPoolReconciler reconciler) {
        var ours = new PoolCopies(configuration);
        var operator = new Operator(ours);
        operator.register(reconciler, new EveryEvent<>(configuration.getConfigurationFor(reconciler), ours));
        return operator;
    }

    @Produces
    @Singleton
    Leadership leadership(Election election) {
        return election.leadership();
    }

    /// Nothing when leader election is off, which is how the SDK is told so.
    @Produces
    @Dependent
    @Nullable
    LeaderElectionConfiguration leaderElection(Election election) {
        return election.configuration().orElse(null);
    }

    /// The extension asks for it by name, and without it an informer's end is nobody's concern.
    @Produces
    @Singleton
    @Unremovable
    InformerStoppedHandler informerEnds(ProcessEnd end) {
        return new InformerEnds(end::now);
    }
}
