package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.management.ManagementException;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskWorkerPoolReconcilerTest {

    private final Parts parts = new Parts();
    private final TaskWorkerPool pool = Pools.pool("queues: [{name: orders}]");

    @Test
    void aNewPoolGetsItsDeploymentThenALookThenAStatus() {
        parts.broker.queue("orders", 0, 0, 0);

        var control = reconcile(pool);

        assertThat(parts.journal.lines()).containsExactly("apply shop with 0", "scale shop to 0");
        assertThat(parts.broker.looks()).containsExactly(Set.of("orders"));
        assertThat(control.isPatchStatus()).isTrue();
        assertThat(reason(control, Conditions.BROKER_REACHABLE)).isEqualTo("Answering");
        assertThat(reason(control, Conditions.READY)).isEqualTo("Starting");
    }

    @Test
    void theTokenOfThePoolsMetricsIsReadAndAnotherOneWritesNothing() {
        var guarded = Pools.pool("queues: [{name: orders}]\nmetrics: {tokenSecretRef: {name: metrics}}\n");
        parts.source.put("metrics", "metricsToken", "one");
        reconcile(guarded);
        assertThat(parts.tokens.known("default", "metrics")).containsExactly("one");

        parts.showWhatWasWritten();
        parts.source.put("metrics", "metricsToken", "two");
        parts.clock.forward(Duration.ofMinutes(1));
        reconcile(guarded);
        assertThat(parts.tokens.known("default", "metrics")).containsExactly("two", "one");
        assertThat(parts.journal.lines())
                .filteredOn(line -> line.startsWith("apply"))
                .hasSize(1);
    }

    @Test
    void withoutTheTokenOfItsMetricsNoPodCouldStartAndThePoolSaysSo() {
        var guarded = Pools.pool("queues: [{name: orders}]\nmetrics: {tokenSecretRef: {name: typo}}\n");
        var control = reconcile(guarded);
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.tick().toMillis());
        var told = ready(control);
        assertThat(told.getReason()).isEqualTo("TokenSecretMissing");
        assertThat(told.getMessage())
                .isEqualTo(
                        "Secret typo does not exist in namespace default; create it with the key metricsToken or correct"
                                + " spec.metrics.tokenSecretRef.name");
        assertThat(parts.journal.lines())
                .contains("event TokenSecretMissing")
                .noneMatch(line -> line.startsWith("apply"));

        parts.source.put("typo", "token", "one");
        assertThat(ready(reconcile(guarded)).getMessage())
                .isEqualTo("Secret typo in namespace default has no key metricsToken; add it or correct"
                        + " spec.metrics.tokenSecretRef.name");
        parts.source.put("typo", "metricsToken", "one");
        reconcile(guarded);
        assertThat(parts.journal.lines()).contains("apply shop with 0");
    }

    @Test
    void aTokenThatCannotBeReadHoldsNothing() {
        var guarded = Pools.pool("queues: [{name: orders}]\nmetrics: {tokenSecretRef: {name: metrics}}\n");
        reconcile(guarded);
        parts.source.failWith(new KubernetesClientException("away", 500, null));
        parts.journal.clear();
        reconcile(guarded);

        assertThat(ready(reconcile(guarded)).getReason()).isNotEqualTo("TokenSecretMissing");
    }

    private static Condition ready(UpdateControl<TaskWorkerPool> control) {
        return control.getResource().orElseThrow().getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(Conditions.READY))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatItWritesIsTheStatusAndNothingElseOfThePool() {
        var written = reconcile(pool).getResource().orElseThrow();

        assertThat(written.getMetadata().getName()).isEqualTo("shop");
        assertThat(written.getMetadata().getNamespace()).isEqualTo("default");
        assertThat(written.getMetadata().getUid())
                .as("of a namesake Kubernetes refuses it")
                .isEqualTo("u-1");
        assertThat(written.getMetadata().getResourceVersion()).isNull();
        assertThat(written.getSpec()).isNull();
        assertThat(written.getStatus().observedGeneration()).isEqualTo(3);
    }

    @Test
    void withoutTheLeaseNothingIsWrittenAndThePoolIsNotForgotten() {
        parts.leads = false;

        var control = reconcile(pool);

        assertThat(control.isNoUpdate()).isTrue();
        assertThat(control.getScheduleDelay()).isPresent();
        assertThat(parts.journal.lines()).isEmpty();
        assertThat(parts.broker.looks()).isEmpty();
    }

    @Test
    void writesNothingWhenNothingChanged() {
        parts.broker.queue("orders", 0, 0, 0);
        settle();
        parts.journal.clear();

        parts.clock.forward(Duration.ofSeconds(30));
        var control = reconcile(pool);

        assertThat(control.isNoUpdate()).isTrue();
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.calm().toMillis());
        assertThat(parts.journal.lines()).isEmpty();
    }

    @Test
    void figuresThatMoveAreWrittenTwiceAMinuteAndNotAtEveryLook() {
        var busy = Pools.pool("queues: [{name: orders}]\nreplicas: 0\nscaling: {mode: \"Off\"}");
        var writes = 0;
        for (int second = 0; second <= 300; second += 5) {
            parts.broker.queue("orders", second, 0, 1);
            parts.scaling.tick();
            var written = reconcile(busy).getResource().map(TaskWorkerPool::getStatus);
            written.ifPresent(busy::setStatus);
            parts.showWhatWasWritten();
            writes += written.isPresent() ? 1 : 0;
            parts.clock.forward(Parts.PACE.tick());
        }

        assertThat(writes).isBetween(10, 14);
        assertThat(busy.getStatus().backlog()).isGreaterThan(250);
    }

    @Test
    void tellsTroubleOnceAndItsEnd() {
        parts.broker.goAway();
        settle();
        settle();
        assertThat(parts.events.all()).containsExactly(Announcement.warning("BrokerUnreachable", "down"));

        parts.broker.queue("orders", 0, 0, 0).failWith(null);
        parts.clock.forward(Parts.PACE.tick());
        parts.scaling.tick();
        settle();
        assertThat(parts.events.all()).extracting(Announcement::reason).contains("BrokerRecovered");
    }

    @Test
    void waitsForAMissingSecretTickByTickAndTouchesNoDeployment() {
        parts.source.remove("rabbitmq");

        var control = reconcile(pool);

        assertThat(reason(control, Conditions.READY)).isEqualTo("SecretMissing");
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.tick().toMillis());
        assertThat(parts.journal.lines()).containsExactly("event SecretMissing");
    }

    @Test
    void readsTheSecretAgainWhenTheBrokerRejectsWhatItSaid() {
        settle();
        reconcile(pool);
        assertThat(parts.source.reads()).isEqualTo(1);

        parts.broker.failWith(new ManagementException(ManagementException.Fault.CREDENTIALS, "rejected"));
        parts.scaling.tick();
        var control = reconcile(pool);

        assertThat(parts.source.reads()).isEqualTo(2);
        assertThat(reason(control, Conditions.BROKER_REACHABLE)).isEqualTo("CredentialsRejected");
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.tick().toMillis());
    }

    @Test
    void showsATemplateThatIsNone() {
        parts.broker.queue("orders", 0, 0, 0);
        var misshapen = Pools.pool("queues: [{name: orders}]\ntemplate: {spec: {containers: {name: worker}}}");

        var control = reconcile(misshapen);

        assertThat(reason(control, Conditions.READY)).isEqualTo("TemplateInvalid");
        assertThat(parts.journal.lines()).containsExactly("event TemplateInvalid");
    }

    @Test
    void anErrorOfKubernetesIsToldAndTriedAgainWithoutEndAndNeverLessOftenThanAQuietPool() {
        parts.deployments.failWith(new KubernetesClientException("webhook down", 500, null));

        var delays = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            var control = reconcile(pool);
            control.getResource().map(TaskWorkerPool::getStatus).ifPresent(pool::setStatus);
            delays.add(control.getScheduleDelay().orElseThrow());
        }

        assertThat(delays)
                .startsWith(5_000L, 10_000L, 20_000L, 30_000L, 30_000L)
                .endsWith(30_000L);
        assertThat(ready().getReason()).isEqualTo("ReconcileFailed");
        assertThat(ready().getMessage()).contains("webhook down", "tried again");
        assertThat(parts.events.all()).extracting(Announcement::reason).containsOnlyOnce("ReconcileFailed");

        parts.deployments.failWith(null);
        settle();
        assertThat(ready().getReason()).isNotEqualTo("ReconcileFailed");
    }

    /// Kubernetes quotes what it refuses, and keeps what tells of it beside the pool: both together may be too much for
    /// it.
    @ParameterizedTest
    @ValueSource(ints = {403, 409, 422, 500})
    void ofTheWordsOfKubernetesOnlyTheBeginningIsKept(int code) {
        var said = new StatusBuilder()
                .withMessage("denied: " + "x".repeat(1 << 20))
                .build();
        parts.deployments.failWith(new KubernetesClientException("PATCH", code, said));

        var status = reconcile(pool).getResource().orElseThrow().getStatus();

        assertThat(Pools.YAML.asJson(status)).hasSizeLessThan(20_000).contains("denied: xxx");
        assertThat(parts.events.all())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.message()).hasSizeLessThan(5_000));
    }

    @Test
    void ofAnErrorOnlyTheBeginningIsKept() {
        var control = parts.reconciler.reconcile(
                declaring(),
                FakeContext.of(pool, parts.journal)
                        .failWith(new KubernetesClientException("denied: " + "x".repeat(1 << 20))));

        assertThat(Pools.YAML.asJson(control.getResource().orElseThrow().getStatus()))
                .hasSizeLessThan(20_000)
                .contains("denied: xxx");
    }

    @Test
    void aSecretThatMayNotBeReadIsToldWithTheFix() {
        parts.source.failWith(new KubernetesClientException("forbidden", 403, null));

        var control = reconcile(pool);

        assertThat(reason(control, Conditions.BROKER_REACHABLE)).isEqualTo("SecretUnreadable");
        assertThat(reason(control, Conditions.READY)).isEqualTo("SecretUnreadable");
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.tick().toMillis());

        parts.source.failWith(null);
        parts.broker.queue("orders", 0, 0, 0);
        settle();
        assertThat(ready().getReason()).isEqualTo("ScaledToZero");
    }

    @Test
    void whateverIsThrownBecomesACondition() {
        parts.broker.queue("orders", 0, 0, 0);
        settle();
        var before = pool.getStatus();

        var control = parts.reconciler.reconcile(
                declaring(),
                FakeContext.of(pool, parts.journal).failWith(new KubernetesClientException("gone", 0, null)));

        assertThat(reason(control, Conditions.READY)).isEqualTo("ReconcileFailed");
        assertThat(reason(control, Conditions.BROKER_REACHABLE)).isEqualTo("Answering");
        assertThat(control.getResource().orElseThrow().getStatus().scaling()).isEqualTo(before.scaling());
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.tick().toMillis());
    }

    @Test
    void anErrorIsNotTheEndOfAPoolEither() {
        var control = parts.reconciler.reconcile(
                declaring(), FakeContext.of(pool, parts.journal).breakWith(new StackOverflowError("deep")));

        assertThat(reason(control, Conditions.READY)).isEqualTo("ReconcileFailed");
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.tick().toMillis());
    }

    /// The same pool after somebody asked for a finalizer.
    private TaskWorkerPool declaring() {
        var changed = Pools.pool("queues: [{name: orders, deletionPolicy: Delete}]");
        changed.setStatus(pool.getStatus());
        return changed;
    }

    private Condition ready() {
        return pool.getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(Conditions.READY))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsThePoolAsMetricsUntilItIsGone() {
        parts.broker.queue("orders", 12, 3, 1);
        reconcile(pool);
        assertThat(parts.meters
                        .get("jtask.pool.backlog")
                        .tag("pool", "shop")
                        .gauge()
                        .value())
                .isEqualTo(15);

        var control = parts.reconciler.reconcile(pool, FakeContext.ofGone(pool));
        parts.scaling.tick();

        assertThat(control.isNoUpdate()).isTrue();
        assertThat(parts.meters.getMeters()).isEmpty();
        assertThat(parts.scaling.view(Parts.SHOP)).isEmpty();
        assertThat(parts.broker.looks()).hasSize(1);
    }

    @Test
    void aPoolOnItsWayOutGetsNoStatusAndNoDeployment() {
        var living = Pools.pool("queues: [{name: orders, deletionPolicy: Delete}]");
        living.addFinalizer(PoolDeletion.FINALIZER);

        var control = reconcile(Pools.deleted(living, Parts.NOW));

        assertThat(control.isNoUpdate()).isTrue();
        assertThat(control.getScheduleDelay()).hasValue(Parts.PACE.tick().toMillis());
        assertThat(parts.journal.lines()).isEmpty();
    }

    @Test
    void putsTheFinalizerThereBeforeItMakesAnything() {
        var pool = Pools.pool("queues: [{name: orders, deletionPolicy: Delete}]");

        reconcile(pool);

        assertThat(parts.journal.lines())
                .startsWith("add " + PoolDeletion.FINALIZER, "apply shop with 0", "scale shop to 0");
    }

    /// Reconciles as the SDK does after a write: with the status that was written and a cache that shows the
    /// Deployment.
    private void settle() {
        reconcile(pool).getResource().map(TaskWorkerPool::getStatus).ifPresent(pool::setStatus);
        parts.showWhatWasWritten();
        reconcile(pool).getResource().map(TaskWorkerPool::getStatus).ifPresent(pool::setStatus);
    }

    private UpdateControl<TaskWorkerPool> reconcile(TaskWorkerPool pool) {
        return parts.reconciler.reconcile(pool, FakeContext.of(pool, parts.journal));
    }

    private static String reason(UpdateControl<TaskWorkerPool> control, String type) {
        return control
                .getResource()
                .map(TaskWorkerPool::getStatus)
                .map(TaskWorkerPoolStatus::conditions)
                .orElseThrow()
                .stream()
                .filter(condition -> condition.getType().equals(type))
                .map(Condition::getReason)
                .findFirst()
                .orElseThrow();
    }
}
