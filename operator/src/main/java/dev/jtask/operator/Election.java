package dev.jtask.operator;

import dev.jtask.operator.cluster.KubernetesLeases;
import dev.jtask.operator.leadership.HeldLease;
import dev.jtask.operator.leadership.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// This operator's part in the election: under which name it stands, how long a lease is good, and that the process
/// ends with it.
@Singleton
public final class Election {

    private static final Duration LEASE = Duration.ofSeconds(15);
    /// Less than the lease, so that whoever loses it has stopped before another starts.
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofSeconds(2);

    /// Whatever says nothing of its priority, as the SDK's end, has 2,500.
    private static final int AFTER_THE_SDK = 3_000;

    private final OperatorConfig.LeaderElection config;
    private final String identity;
    private final @Nullable HeldLease lease;
    private final ProcessEnd end;
    private @Nullable Ticker ticker;

    Election(OperatorConfig config, KubernetesClient client, Clock clock, ProcessEnd end) {
        this.config = config.leaderElection();
        this.end = end;
        this.identity = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("operator") + "_" + UUID.randomUUID();
        this.lease = this.config.enabled()
                ? new HeldLease(
                        new KubernetesLeases(client, namespace(client), this.config.leaseName()),
                        identity,
                        RENEWAL,
                        LEASE,
                        clock,
                        System::nanoTime,
                        end::now)
                : null;
    }

    Leadership leadership() {
        return lease == null ? Leadership.ALWAYS : lease;
    }

    Optional<LeaderElectionConfiguration> configuration() {
        return Optional.ofNullable(lease).map(this::configuration);
    }

    /// Built this way it never exits by itself: the SDK would from an orderly shutdown too, which never ends then.
    private LeaderElectionConfiguration configuration(HeldLease held) {
        var configuration = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(config.leaseName())
                .withIdentity(identity)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEWAL)
                .withRetryPeriod(RETRY)
                .withLeaderCallbacks(new LeaderCallbacks(held::check, () -> ended(held), leader -> {}));
        config.leaseNamespace().ifPresent(configuration::withLeaseNamespace);
        return configuration.build();
    }

    void start(@Observes StartupEvent event) {
        if (lease != null) {
            // before the SDK's part in it begins, which ends by a lease that says too little
            lease.check();
            ticker = new Ticker(RETRY, lease::check);
        }
    }

    /// Before the SDK leaves the election, which is no loss.
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (ticker != null) {
            ticker.close();
        }
    }

    /// The SDK leaves the election and keeps the lease. Before it has left, it would take it again.
    void resign(@Observes @Priority(AFTER_THE_SDK) ShutdownEvent event) {
        if (lease != null) {
            lease.resign();
        }
    }

    private String namespace(KubernetesClient client) {
        return config.leaseNamespace().orElseGet(client::getNamespace);
    }

    /// Also called when this process leaves the election in good order.
    private void ended(HeldLease held) {
        if (!end.isUnderWay()) {
            held.end();
        }
    }
}
