package dev.jtask.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.workload.Labels;
import dev.jtask.operator.workload.Pause;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A Secret that another pool had read before it was written again: pods that are made of it as it was are rolled out a
/// second time once it is read.
class FreshSecretsTest {

    private static final String QUEUES = "queues: [{name: orders}]\n";

    private final Parts parts = new Parts();

    @BeforeEach
    void start() {
        parts.broker.queue("orders", 0, 0, 0);
    }

    @Test
    void aNewPoolIsMadeOfItsSecretAsItIsNow() {
        rotateAfterAnotherPoolReadIt();

        reconcile(Pools.pool(QUEUES));
        assertThat(rolledOut()).isEqualTo("38159f31");
        reconcileLater(Pools.pool(QUEUES));

        assertThat(applies()).isOne();
    }

    @Test
    void aChangedPoolIsRolledOutWithItsSecretAsItIsNow() {
        parts.source.put("rabbitmq", "amqp://u:old@rabbit.test/");
        reconcile(Pools.pool(QUEUES));
        parts.showWhatWasWritten();
        parts.source.usable();
        parts.journal.clear();

        var changed = Pools.pool(QUEUES + "concurrency: 2\n");
        reconcile(changed);
        assertThat(rolledOut()).isEqualTo("38159f31");
        reconcileLater(changed);

        assertThat(applies()).isOne();
    }

    @Test
    void oneWhoseDeploymentSomebodyDeletedGetsItOfItsSecretAsItIsNow() {
        parts.source.put("rabbitmq", "amqp://u:old@rabbit.test/");
        var pool = Pools.pool(QUEUES);
        reconcile(pool);
        parts.source.usable();
        parts.deployments.delete(parts.deployments.find("default", "shop").orElseThrow());
        parts.journal.clear();

        reconcile(pool);
        assertThat(rolledOut()).isEqualTo("38159f31");
        reconcileLater(pool);

        assertThat(applies()).isOne();
    }

    @Test
    void aPoolThatNamesAnotherSecretReadsItWhetherOrNotItIsRolledOut() {
        var pool = Pools.pool(QUEUES);
        pool.getMetadata().setAnnotations(Map.of(Pause.RECONCILIATION, "true"));
        reconcile(pool);
        parts.source.put("other", "amqp://u:p@old.test/");
        parts.secrets.read("default", "other");
        parts.source.put("other", "amqp://u:p@new.test/");

        var moved = Pools.YAML.unmarshal(
                Pools.YAML.asYaml(pool).replace("name: \"rabbitmq\"", "name: \"other\""), TaskWorkerPool.class);
        assertThat(moved.getSpec().broker().secretRef().name()).isEqualTo("other");

        assertThat(reconcile(moved)).contains("new.test");
    }

    @Test
    void aPoolThatIsAsItShallBeReadsNothingAnew() {
        var pool = Pools.pool(QUEUES);
        reconcile(pool);
        parts.showWhatWasWritten();
        var reads = parts.source.reads();

        reconcile(pool);
        reconcile(pool);

        assertThat(reads).isOne();
        assertThat(parts.source.reads()).isOne();
    }

    private void rotateAfterAnotherPoolReadIt() {
        parts.source.put("rabbitmq", "amqp://u:old@rabbit.test/");
        parts.secrets.read("default", "rabbitmq");
        parts.source.usable();
    }

    private void reconcileLater(TaskWorkerPool pool) {
        parts.showWhatWasWritten();
        parts.clock.forward(Duration.ofMinutes(1));
        reconcile(pool);
    }

    /// @return what is said of the broker
    private String reconcile(TaskWorkerPool pool) {
        return parts.reconciler.reconcile(pool, FakeContext.of(pool, parts.journal)).getResource().stream()
                .flatMap(written -> written.getStatus().conditions().stream())
                .filter(condition -> condition.getType().equals(Conditions.BROKER_REACHABLE))
                .map(Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    private String rolledOut() {
        return parts.deployments
                .find("default", "shop")
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .getOrDefault(Labels.SECRET_VERSION, "none");
    }

    private long applies() {
        return parts.journal.lines().stream()
                .filter(line -> line.startsWith("apply"))
                .count();
    }
}
