package dev.jtask.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TaskWorkerPoolTest {

    private static final String SHORT = """
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: thumbnails}
            spec:
              image: thumbnails:1
              queues: [{name: thumbnails}]
              broker: {secretRef: {name: rabbitmq}}
            """;

    @Test
    void whatIsNotWrittenHasItsDefault() {
        var spec = read(SHORT).getSpec();
        assertThat(spec.concurrency()).isEqualTo(8);
        assertThat(spec.drain()).isEqualTo(Duration.ofMinutes(5));
        assertThat(spec.scaling().mode()).isEqualTo(ScalingMode.AUTO);
        assertThat(spec.scaling().whenBlind().mode()).isEqualTo(BlindMode.HOLD);
        assertThat(spec.queues().getFirst().deletionPolicy()).isEqualTo(DeletionPolicy.RETAIN);
    }

    @Test
    void aPartOfTheScalingKeepsTheOtherDefaults() {
        var scaling = read(SHORT + "  scaling: {maxReplicas: 50, objective: {backlogPerReplica: 20}}\n")
                .getSpec()
                .scaling();
        assertThat(scaling.maxReplicas()).isEqualTo(50);
        assertThat(scaling.objective()).isEqualTo(new ObjectiveSpec(null, 20));
        assertThat(scaling.scaleDown().stabilization()).isEqualTo("30s");
    }

    @Test
    void aTokenOfMetricsIsThereOnlyWhereOneIsNamed() {
        assertThat(read(SHORT).getSpec().metrics()).isNull();
        assertThat(read(SHORT + "  metrics: {tokenSecretRef: {name: worker-metrics}}\n")
                        .getSpec()
                        .metrics())
                .isEqualTo(new MetricsSpec(new TokenSecretRef("worker-metrics")));
    }

    @Test
    void surviveTheWayToYamlAndBack() {
        var pool = read(SHORT + "  template: {spec: {nodeSelector: {disk: fast}}}\n");
        assertThat(read(Serialization.asYaml(pool)).getSpec()).isEqualTo(pool.getSpec());
    }

    @Test
    void durationsAreHoursMinutesAndSeconds() {
        assertThat(Durations.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThatThrownBy(() -> Durations.parse("5")).hasMessageContaining("'5' is not a duration such as 30s");
        assertThatThrownBy(() -> Durations.parse("")).hasMessageContaining("not a duration");
    }

    private static TaskWorkerPool read(String yaml) {
        return Serialization.unmarshal(yaml, TaskWorkerPool.class);
    }
}
