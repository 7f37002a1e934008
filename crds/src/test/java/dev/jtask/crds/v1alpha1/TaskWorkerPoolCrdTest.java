package dev.jtask.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TaskWorkerPoolCrdTest {

    private static final String YAML = GeneratedCrd.yaml();

    @Test
    void theCommittedFileIsWhatTheTypesSay() throws IOException {
        if (Boolean.getBoolean("crds.update")) {
            Files.writeString(GeneratedCrd.COMMITTED, YAML);
        }
        assertThat(Files.readString(GeneratedCrd.COMMITTED))
                .as("crds/%s differs from the Java types; run `make crds` and commit it", GeneratedCrd.COMMITTED)
                .isEqualTo(YAML);
    }

    @Test
    void everyFieldHasASentence() {
        var silent = new ArrayList<String>();
        collectSilent("spec", property("spec"), silent);
        collectSilent("status", property("status"), silent);
        // metav1.Condition is Kubernetes' own and documented there
        silent.removeIf(path -> path.startsWith("status.conditions."));
        assertThat(silent).isEmpty();
    }

    @Test
    void theColumnsAnswerWhetherThePoolIsHealthyBehindAndWhy() {
        assertThat(version().getAdditionalPrinterColumns())
                .filteredOn(column -> column.getPriority() == null || column.getPriority() == 0)
                .extracting("name")
                .containsExactly("Ready", "Status", "Replicas", "Desired", "Backlog", "Reason", "Age");
    }

    @Test
    void itHasTheStatusAndScaleSubresources() {
        var subresources = version().getSubresources();
        assertThat(subresources.getStatus()).isNotNull();
        assertThat(subresources.getScale().getSpecReplicasPath()).isEqualTo(".spec.replicas");
        assertThat(subresources.getScale().getStatusReplicasPath()).isEqualTo(".status.replicas");
        assertThat(subresources.getScale().getLabelSelectorPath()).isEqualTo(".status.selector");
    }

    @Test
    void theDefaultsOfTheSchemaAreThoseOfTheTypes() {
        var scaling = CrdFinish.property(property("spec"), "scaling");
        var fromSchema = Map.of(
                "mode", byDefault(scaling, "mode").asText(),
                "minReplicas", byDefault(scaling, "minReplicas").asText(),
                "maxReplicas", byDefault(scaling, "maxReplicas").asText(),
                "targetUtilization", byDefault(scaling, "targetUtilization").asText(),
                "objective", byDefault(scaling, "objective").path("drainTime").asText());
        var types = ScalingSpec.DEFAULTS;
        assertThat(fromSchema)
                .containsEntry("mode", "Auto")
                .containsEntry("minReplicas", types.minReplicas().toString())
                .containsEntry("maxReplicas", types.maxReplicas().toString())
                .containsEntry("targetUtilization", types.targetUtilization().toString())
                .containsEntry("objective", String.valueOf(types.objective().drainTime()));
    }

    private static void collectSilent(String path, JSONSchemaProps schema, List<String> silent) {
        schema.getProperties().forEach((name, property) -> {
            var here = path + "." + name;
            if (property.getDescription() == null || property.getDescription().isBlank()) {
                silent.add(here);
            }
            collectSilent(here, property, silent);
            if (property.getItems() != null) {
                collectSilent(here, property.getItems().getSchema(), silent);
            }
        });
    }

    private static JsonNode byDefault(JSONSchemaProps schema, String name) {
        return CrdFinish.property(schema, name).getDefault();
    }

    private static JSONSchemaProps property(String name) {
        return CrdFinish.property(version().getSchema().getOpenAPIV3Schema(), name);
    }

    private static CustomResourceDefinitionVersion version() {
        return Serialization.unmarshal(YAML, CustomResourceDefinition.class)
                .getSpec()
                .getVersions()
                .getFirst();
    }
}
