package dev.jtask.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.operator.leadership.Claim;
import dev.jtask.operator.leadership.HeldLease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A leader that died an hour ahead of this machine's clock.
class KubernetesLeasesTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final ZonedDateTime ahead =
            ZonedDateTime.now(ZoneOffset.UTC).plusHours(1).truncatedTo(ChronoUnit.SECONDS);
    private EmbeddedKubernetes kubernetes;
    private KubernetesClient client;
    private KubernetesLeases leases;
    private HeldLease lease;
    private final AtomicBoolean elected = new AtomicBoolean();
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void start() {
        kubernetes = EmbeddedKubernetes.start();
        client = kubernetes.client();
        leases = new KubernetesLeases(client, "shop", "leader");
        lease = new HeldLease(leases, "me", LEASE, LEASE, Clock.systemUTC(), nanos::get, () -> {});
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("leader")
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("other")
                        .withLeaseDurationSeconds((int) LEASE.toSeconds())
                        .withAcquireTime(ahead)
                        .withRenewTime(ahead)
                        .withLeaseTransitions(1)
                        .endSpec()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        kubernetes.close();
    }

    @Test
    void takesTheNameOutOfAClaimThatIsStillTheOneThatWasSeen() {
        var claim = new Claim("other", ahead.toInstant());
        leases.clear(new Claim("other", ahead.minusSeconds(2).toInstant()));
        assertThat(leases.read()).contains(claim);

        leases.clear(claim);

        assertThat(leases.read()).contains(new Claim("", ahead.toInstant()));
    }

    @Test
    void theElectionGoesOnOnceItWasSeenToRenewNothing() {
        var running = elect();
        try {
            lease.check();
            assertThat(elected).isFalse();
            nanos.set(LEASE.toNanos());
            lease.check();

            await().atMost(Duration.ofSeconds(60)).untilTrue(elected);
            lease.check();
            assertThat(lease.holds()).isTrue();
        } finally {
            running.cancel(true);
        }
    }

    /// As an administrator, GitOps or a backup leave it; the election ends by each of them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{holderIdentity: other, leaseDurationSeconds: 1}",
                "{holderIdentity: other, renewTime: '2026-01-01T00:00:00.000000Z'}",
                "{holderIdentity: other, leaseDurationSeconds: 1, renewTime: '2026-01-01T00:00:00.000000Z'}",
                "{holderIdentity: '', renewTime: '2026-01-01T00:00:00.000000Z'}"
            })
    void ofALeaseThatSaysTooLittleTheElectionGetsAWholeOne(String spec) {
        client.leases().inNamespace("shop").withName("leader").delete();
        client.resource("""
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: leader, namespace: shop}
            spec: %s
            """.formatted(spec)).create();

        lease.check();

        var running = elect();
        try {
            await().atMost(Duration.ofSeconds(60)).untilTrue(elected);
        } finally {
            running.cancel(true);
        }
    }

    private CompletableFuture<?> elect() {
        return client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("me")
                        .withLeaseDuration(LEASE)
                        .withRenewDeadline(Duration.ofSeconds(10))
                        .withRetryPeriod(Duration.ofMillis(200))
                        .withLock(new LeaseLock("shop", "leader", "me"))
                        .withLeaderCallbacks(
                                new LeaderCallbacks(() -> elected.set(true), () -> elected.set(false), leader -> {}))
                        .build())
                .build()
                .start();
    }
}
