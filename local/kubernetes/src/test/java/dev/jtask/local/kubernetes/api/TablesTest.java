package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void haveTheColumnsOfADefinition() {
        var crd = Yaml.of("""
            spec:
              versions:
                - additionalPrinterColumns:
                    - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
                    - {name: Pods, type: integer, jsonPath: .status.replicas}
                    - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
            """);

        var table = Tables.of(Yaml.of("""
            metadata: {resourceVersion: "7"}
            items:
              - metadata: {name: p, creationTimestamp: "2026-01-01T11:55:00Z"}
                status: {replicas: 2, conditions: [{type: Ready, status: "True"}]}
            """), crd, Requests.NOON);

        assertThat(table.path("columnDefinitions").findValuesAsText("name"))
                .containsExactly("Name", "Ready", "Pods", "Age");
        assertThat(table.at("/rows/0/cells").toString()).isEqualTo("[\"p\",\"True\",2,\"5m\"]");
        assertThat(table.at("/metadata/resourceVersion").asText()).isEqualTo("7");
    }

    @Test
    void haveKubectlsColumnsOfADeployment() {
        var table = Tables.of(Yaml.of("""
            kind: Deployment
            metadata: {name: d, creationTimestamp: "2026-01-01T11:59:20Z"}
            spec: {replicas: 3}
            status: {readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1}
            """), null, Requests.NOON);

        assertThat(table.at("/rows/0/cells").toString()).isEqualTo("[\"d\",\"1/3\",\"2\",\"1\",\"40s\"]");
    }
}
