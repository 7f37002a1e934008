package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.workload.DesiredDeployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Jackson alone reads 1,000 levels and names of 50,000 characters.
class StoredJsonTest {

    private final KubernetesSerialization json = Pools.YAML;

    @ParameterizedTest
    @ValueSource(ints = {101, 1_001, 9_900})
    void aPoolThatIsNestedAsDeeplyAsTheServerTakesIsReadAndItsTemplateRefused(int levels) {
        var deep = "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);

        var pool = read(deep, deep);

        assertThat(json.clone(pool).getSpec().image()).isEqualTo("shop:1");
        var secret = FakeSecrets.USABLE.secret();
        assertThatThrownBy(() -> new DesiredDeployment(json).of(pool, secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nested deeper than 100 levels");
    }

    @ParameterizedTest
    @ValueSource(ints = {50_001, 1_400_000})
    void anyNameThatTheServerTakesIsRead(int length) {
        var pool = read("{\"%s\": 1}".formatted("n".repeat(length)), "{}");

        assertThat(json.clone(pool).getSpec().image()).isEqualTo("shop:1");
    }

    @Test
    void ofWhatManagersOwnTheFieldsOfTheSpecAreKnownAndNothingBelow() {
        var pool = json.clone(read("{}", """
            {"f:metadata": {"f:labels": {}}, "f:spec": {".": {}, "f:template": {"f:spec": {"f:containers": {}}}, "f:n": 1},
             "f:status": [{}]}
            """));

        var fields = pool.getMetadata().getManagedFields().getFirst().getFieldsV1();
        assertThat(fields.getAdditionalProperties())
                .isEqualTo(Map.of("f:spec", Map.of(".", Map.of(), "f:template", Map.of(), "f:n", Map.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "[{}]", "{\"f:spec\": null}", "{\"f:spec\": [{}]}"})
    void fieldsOfAnyFormAreRead(String fields) {
        assertThat(read("{}", fields).getSpec().image()).isEqualTo("shop:1");
    }

    private TaskWorkerPool read(String template, String fields) {
        return json.unmarshal("""
            {"apiVersion": "jtask.dev/v1alpha1", "kind": "TaskWorkerPool",
             "metadata": {"name": "shop", "namespace": "default", "uid": "1", "managedFields": [
               {"manager": "kubectl", "operation": "Apply", "fieldsType": "FieldsV1", "fieldsV1": %s}]},
             "spec": {"image": "shop:1", "broker": {"secretRef": {"name": "rabbitmq"}}, "queues": [{"name": "orders"}],
               "template": %s}}
            """.formatted(fields, template), TaskWorkerPool.class);
    }
}
