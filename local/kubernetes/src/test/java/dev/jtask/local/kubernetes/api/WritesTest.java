package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WritesTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String D = DEPLOYMENTS + "/d";

    private static final String DEPLOYMENT = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d, namespace: default}
        """;

    private final Requests api = new Requests();

    @Test
    void anApplyMakesWhatIsNotThere() {
        var answer = api.apply(D, "fieldManager=helm", DEPLOYMENT + "spec: {replicas: 1}");

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.body().at("/metadata/uid").asText()).isNotEmpty();
        assertThat(answer.body().at("/metadata/managedFields/0")).isEqualTo(Yaml.of("""
            manager: helm
            operation: Apply
            apiVersion: apps/v1
            time: "2026-01-01T12:00:00Z"
            fieldsType: FieldsV1
            fieldsV1: {'f:spec': {'f:replicas': {}}}
            """));
        assertThat(api.get(D).body()).isEqualTo(answer.body());
    }

    @Test
    void anApplyThatChangesAnothersFieldIsAConflictWithItsCauses() {
        api.apply(D, "fieldManager=helm", DEPLOYMENT + "spec: {replicas: 1}");

        var answer = api.apply(D, "fieldManager=tester", DEPLOYMENT + "spec: {replicas: 2}");

        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"helm\": .spec.replicas");
        assertThat(answer.body().path("reason").asText()).isEqualTo("Conflict");
        assertThat(answer.body().at("/details/causes/0")).isEqualTo(Yaml.of("""
            {reason: FieldManagerConflict, message: 'conflict with "helm"', field: .spec.replicas}
            """));
        assertThat(api.get(D).body().at("/spec/replicas").asInt()).isEqualTo(1);
    }

    @Test
    void anApplyByForceWins() {
        api.apply(D, "fieldManager=helm", DEPLOYMENT + "spec: {replicas: 1}");

        var answer = api.apply(D, "fieldManager=tester&force=true", DEPLOYMENT + "spec: {replicas: 2}");

        assertThat(answer.body().at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(managers(answer.body())).isEqualTo("[\"tester\"]");
    }

    @Test
    void anApplyNeedsAManager() {
        var answer = api.patch(D, "application/apply-patch+yaml", DEPLOYMENT);

        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message())
                .isEqualTo("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
                        + " apply patch");
    }

    @Test
    void anApplyWithAUidNeverMakesAnObject() {
        var answer = api.apply(
                D, "fieldManager=helm", DEPLOYMENT.replace("{name: d", "{name: d, uid: gone") + "spec: {replicas: 1}");

        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.message())
                .isEqualTo("Operation cannot be fulfilled on deployments.apps \"d\": uid mismatch: the provided object"
                        + " specified uid gone, and no existing object was found");
        assertThat(api.get(D).code()).isEqualTo(404);
    }

    @Test
    void aWriteThatChangesNothingMakesNoVersion() {
        var first = api.apply(D, "fieldManager=helm", DEPLOYMENT + "spec: {replicas: 1}");

        assertThat(api.apply(D, "fieldManager=helm", DEPLOYMENT + "spec: {replicas: 1}")
                        .body())
                .isEqualTo(first.body());
        assertThat(api.put(D, first.body()).body()).isEqualTo(first.body());
        assertThat(api.merge(D, "spec: {replicas: 1}").body()).isEqualTo(first.body());
    }

    @Test
    void aWriterOwnsWhatItChangesByItsProgramsName() {
        api.post(DEPLOYMENTS, DEPLOYMENT + "spec: {replicas: 1}");

        var entry = api.merge(D, "metadata: {labels: {app: a}}").body().at("/metadata/managedFields/0");

        assertThat(entry.path("manager").asText()).isEqualTo("tester");
        assertThat(entry.path("operation").asText()).isEqualTo("Update");
        assertThat(entry.path("fieldsV1")).isEqualTo(Yaml.of("""
            f:metadata: {'f:labels': {'.': {}, 'f:app': {}}}
            f:spec: {'f:replicas': {}}
            """));
    }

    @Test
    void aWriteOfTheStatusLeavesTheRestAlone() {
        api.post(DEPLOYMENTS, DEPLOYMENT + "spec: {replicas: 1}\nstatus: {replicas: 9}");
        assertThat(api.get(D).body().path("status")).isEmpty();

        var answer = api.merge(D + "/status", "{spec: {replicas: 5}, status: {replicas: 2}}");

        assertThat(answer.body().at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(answer.body().at("/status/replicas").asInt()).isEqualTo(2);
        assertThat(answer.body().at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(answer.body().at("/metadata/managedFields/1/subresource").asText())
                .isEqualTo("status");
        assertThat(api.merge(D, "status: {replicas: 7}")
                        .body()
                        .at("/status/replicas")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void anApplyOfTheStatusOwnsTheStatusOnly() throws IOException {
        api.post(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                Files.readString(Path.of("../../crds/taskworkerpools.jtask.dev.yaml")));
        var pools = "/apis/jtask.dev/v1alpha1/namespaces/default/taskworkerpools";
        var pool = """
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: p, namespace: default}
            """;
        api.post(pools, pool + """
            spec: {image: a, queues: [{name: q}], broker: {secretRef: {name: s}}}
            """);

        var answer = api.apply(pools + "/p/status", "fieldManager=jtask-operator", pool + """
            spec: {image: b}
            status: {replicas: 2, conditions: [{type: Ready, status: "True", reason: Up, message: ""}]}
            """);

        assertThat(answer.body().at("/spec/image").asText()).isEqualTo("a");
        assertThat(answer.body().at("/spec/concurrency").asInt()).isEqualTo(8);
        assertThat(answer.body().at("/status/replicas").asInt()).isEqualTo(2);
        assertThat(answer.body().at("/metadata/managedFields/0/fieldsV1")).isEqualTo(Yaml.of("""
            f:status:
              f:replicas: {}
              f:conditions:
                k:{"type":"Ready"}: {'.': {}, 'f:type': {}, 'f:status': {}, 'f:reason': {}, 'f:message': {}}
            """));
    }

    @Test
    void aScaleIsAWriteOfTheReplicas() {
        api.apply(D, "fieldManager=helm", DEPLOYMENT + "spec: {replicas: 1}");

        var scale = api.merge(D + "/scale", "spec: {replicas: 4}");

        assertThat(scale.body().path("kind").asText()).isEqualTo("Scale");
        assertThat(scale.body().at("/spec/replicas").asInt()).isEqualTo(4);
        var deployment = api.get(D).body();
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(4);
        assertThat(deployment.at("/metadata/managedFields/0/subresource").asText())
                .isEqualTo("scale");
        assertThat(managers(deployment)).isEqualTo("[\"tester\"]");
    }

    @Test
    void anOldVersionIsNotWrittenOver() {
        api.post(DEPLOYMENTS, DEPLOYMENT + "spec: {replicas: 1}");
        var old = (ObjectNode) api.get(D).body();
        api.merge(D, "spec: {replicas: 2}");
        old.withObjectProperty("spec").put("replicas", 3);

        var answer = api.put(D, old);

        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.message()).contains("the object has been modified");
    }

    @Test
    void aNameIsGivenOnce() {
        api.post(DEPLOYMENTS, DEPLOYMENT);

        var answer = api.post(DEPLOYMENTS, DEPLOYMENT);

        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.body().path("reason").asText()).isEqualTo("AlreadyExists");
    }

    @Test
    void whatIsNotThereIsNotChanged() {
        assertThat(api.merge(D, "spec: {replicas: 2}").message()).isEqualTo("deployments.apps \"d\" not found");
        assertThat(api.put(D, Yaml.of(DEPLOYMENT)).code()).isEqualTo(404);
        assertThat(api.apply(D + "/status", "fieldManager=x", DEPLOYMENT).code())
                .isEqualTo(404);
    }

    private static String managers(JsonNode object) {
        return object.at("/metadata/managedFields").findValues("manager").toString();
    }

    @Test
    void aDryRunIsAnsweredAndStoresNothing() {
        assertThat(api.post(DEPLOYMENTS + "?dryRun=All", DEPLOYMENT).code()).isEqualTo(201);
        assertThat(api.apply(D, "fieldManager=helm&dryRun=All", DEPLOYMENT).code())
                .isEqualTo(201);
        assertThat(api.get(D).code()).isEqualTo(404);

        api.post(DEPLOYMENTS, DEPLOYMENT + "spec: {replicas: 1}");
        var answer = api.apply(D, "fieldManager=helm&force=true&dryRun=All", DEPLOYMENT + "spec: {replicas: 2}");

        assertThat(answer.body().at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(api.get(D).body().at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(api.post(DEPLOYMENTS + "?dryRun=All", DEPLOYMENT).code()).isEqualTo(409);
    }
}
