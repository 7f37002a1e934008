package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pools;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final String DESIRED = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d, annotations: {jtask.dev/applied: abc}}
        spec:
          template:
            spec:
              automountServiceAccountToken: false
              containers:
              - name: worker
                image: shop:1
                resources: {limits: {cpu: 1000m}}
                env: [{name: A, value: "1"}, {name: B, value: ""}]
        """;

    private final Drift drift = new Drift(Pools.YAML);

    @Test
    void whatTheServerAddsOrRewritesIsNoDrift() {
        var actual = DESIRED.replace("cpu: 1000m", "cpu: \"1\"")
                .replace("{name: B, value: \"\"}", "{name: B}")
                .replace("automountServiceAccountToken: false", "dnsPolicy: ClusterFirst, restartPolicy: Always")
                .replace("dnsPolicy: ClusterFirst, restartPolicy: Always", "dnsPolicy: ClusterFirst")
                .replace("spec:\n  template:", "spec:\n  replicas: 3\n  template:");

        assertThat(drift.isNone(deployment(DESIRED), deployment(actual))).isTrue();
    }

    @Test
    void whatSomebodyChangedIsDrift() {
        assertThat(drift.isNone(deployment(DESIRED), deployment(DESIRED.replace("shop:1", "shop:2"))))
                .isFalse();
        assertThat(drift.isNone(deployment(DESIRED), deployment(DESIRED.replace("cpu: 1000m", "cpu: 2"))))
                .isFalse();
        assertThat(drift.isNone(deployment(DESIRED), deployment(DESIRED.replace("{name: A, value: \"1\"}, ", ""))))
                .isFalse();
    }

    @Test
    void aFieldThatIsNoLongerAskedForShowsInTheDigest() {
        assertThat(drift.isNone(deployment(DESIRED.replace("abc", "def")), deployment(DESIRED)))
                .isFalse();
    }

    private static Deployment deployment(String yaml) {
        return Pools.YAML.unmarshal(yaml, Deployment.class);
    }
}
