package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final String DESIRED = """
        apiVersion: apps/v1
        kind: Deployment
        spec:
          template:
            spec:
              automountServiceAccountToken: false
              containers:
              - name: worker
                image: shop:1
                resources: {limits: {cpu: 1000m}}
                env: [{name: A, value: "1"}, {name: B, value: ""}]
        metadata:
          name: d
          uid: d-1
          generation: 1
          annotations: {jtask.dev/applied: abc}
        """;

    private final Drift drift = new Drift(Pools.YAML);

    private final Deployment desired = deployment(DESIRED);
    /// The server's form of it: a default was added, a quantity rewritten, an empty value left out.
    private final String answer = DESIRED.replace("cpu: 1000m", "cpu: \"1\"")
            .replace("{name: B, value: \"\"}", "{name: B}")
            .replace("automountServiceAccountToken: false", "dnsPolicy: ClusterFirst")
            .replace("spec:\n  template:", "spec:\n  replicas: 3\n  template:");

    @Test
    void whatTheServerMadeOfARequestIsNoDriftHoweverItRewroteIt() {
        drift.applied(deployment(answer));

        assertThat(drift.isNone(desired, deployment(answer))).isTrue();
        assertThat(drift.isNone(desired, deployment(answer.replace("replicas: 3", "replicas: 9"))))
                .as("replicas have a writer of their own")
                .isTrue();
    }

    @Test
    void whatSomebodyChangedIsDrift() {
        drift.applied(deployment(answer));

        for (var changed : List.of(
                answer.replace("shop:1", "shop:2"),
                answer.replace("cpu: \"1\"", "cpu: 2"),
                answer.replace("{name: A, value: \"1\"}, ", ""),
                answer.replace("uid: d-1", "uid: d-1\n  labels: {team: b}"))) {
            assertThat(drift.isNone(desired, deployment(changed))).as(changed).isFalse();
        }
    }

    @Test
    void whatStaysOfAnothersChangeIsExpectedAfterOneWrite() {
        drift.applied(deployment(answer));
        var annotated = answer.replace("    spec:", "    metadata: {annotations: {restartedAt: now}}\n    spec:");
        assertThat(drift.isNone(desired, deployment(annotated))).isFalse();

        drift.applied(deployment(annotated));

        assertThat(drift.isNone(desired, deployment(annotated))).isTrue();
    }

    @Test
    void aCacheThatLagsBehindIsNoDrift() {
        drift.applied(
                deployment(answer.replace("generation: 1", "generation: 2").replace("shop:1", "shop:2")));

        assertThat(drift.isNone(desired, deployment(answer))).isTrue();
    }

    @Test
    void aFieldThatIsNoLongerAskedForShowsInTheDigest() {
        drift.applied(deployment(answer));

        assertThat(drift.isNone(deployment(DESIRED.replace("abc", "def")), deployment(answer)))
                .isFalse();
    }

    @Test
    void anOperatorThatHasJustStartedWritesOnlyWhereOthersWroteSince() {
        assertThat(new Drift(Pools.YAML).isNone(desired, deployment(answer + managed("10:00:00Z", "f:template"))))
                .isTrue();
        assertThat(new Drift(Pools.YAML).isNone(desired, deployment(answer + managed("12:00:01Z", "f:replicas"))))
                .as("an autoscaler")
                .isTrue();
        assertThat(new Drift(Pools.YAML).isNone(desired, deployment(answer + managed("12:00:01Z", "f:template"))))
                .isFalse();
    }

    /// Who removes a field owns nothing by it: none of the managers tells of that.
    @Test
    void anOperatorThatHasJustStartedPutsBackWhatOthersTookAway() {
        for (var changed : List.of(
                answer.replace("{name: A, value: \"1\"}, ", ""),
                answer.replace("{name: A, value: \"1\"}, ", "{name: C}, "),
                answer.replace("resources: {limits: {cpu: \"1\"}}", "resources: {}"))) {
            assertThat(changed).isNotEqualTo(answer);
            assertThat(new Drift(Pools.YAML).isNone(desired, deployment(changed)))
                    .as(changed)
                    .isFalse();
        }
    }

    private static String managed(String time, String field) {
        return """
              managedFields:
              - {manager: jtask-operator, time: "2026-01-01T12:00:00Z", fieldsV1: {"f:spec": {"f:template": {}}}}
              - {manager: kubectl-edit, time: "2026-01-01T%s", fieldsV1: {"f:spec": {"%s": {}}}}
            """.formatted(time, field);
    }

    private static Deployment deployment(String yaml) {
        return Pools.YAML.unmarshal(yaml, Deployment.class);
    }
}
