package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import dev.jtask.local.kubernetes.api.Requests.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Codes and words are the API server's.
class IntakeTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String POOLS = "/apis/jtask.dev/v1alpha1/namespaces/default/taskworkerpools";
    private static final String STRICT = "?fieldValidation=Strict";

    private static final String DEPLOYMENT = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d, namespace: default}
        """;

    private static final String POOL = """
        apiVersion: jtask.dev/v1alpha1
        kind: TaskWorkerPool
        metadata: {name: p, namespace: default}
        """;

    private final Requests api = new Requests();

    @BeforeEach
    void knowPools() throws IOException {
        api.post(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                Files.readString(Path.of("../../crds/taskworkerpools.jtask.dev.yaml")));
    }

    @Test
    void refusesUnknownFieldsIfItShallBeStrict() {
        refused(
                api.post(DEPLOYMENTS + STRICT, DEPLOYMENT + "spec: {size: 1, template: {colour: red}}"),
                400,
                "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error:"
                        + " unknown field \"spec.size\", unknown field \"spec.template.colour\"");
        refused(
                api.post(POOLS + STRICT, POOL + "spec: {size: 1}"),
                400,
                "TaskWorkerPool in version \"v1alpha1\" cannot be handled as a TaskWorkerPool: strict decoding error:"
                        + " unknown field \"spec.size\"");
    }

    @Test
    void leavesThemOutIfNot() {
        var deployment = api.post(DEPLOYMENTS, DEPLOYMENT + "spec: {size: 1, replicas: 2}");
        var pool = api.post(POOLS, POOL + "spec: {size: 1, image: a}");

        assertThat(deployment.body().path("spec")).isEqualTo(Yaml.of("replicas: 2"));
        assertThat(pool.body().path("spec").has("size")).isFalse();
        assertThat(pool.body().at("/spec/image").asText()).isEqualTo("a");
    }

    @Test
    void refusesWrongTypesAlways() {
        refused(
                api.post(DEPLOYMENTS, DEPLOYMENT + "spec: {replicas: many}"),
                400,
                "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string into Go"
                        + " struct field DeploymentSpec.spec.replicas of type int32");
        refused(
                api.post(POOLS, POOL + "spec: {concurrency: many}"),
                422,
                "TaskWorkerPool.jtask.dev \"p\" is invalid: spec.concurrency: Invalid value: \"string\":"
                        + " spec.concurrency in body must be of type integer: \"string\"");
    }

    @Test
    void looksAtWhatAPatchMakes() {
        api.post(DEPLOYMENTS, DEPLOYMENT);

        var strict = api.merge(DEPLOYMENTS + "/d" + STRICT, "spec: {size: 1}");
        assertThat(strict.code()).isEqualTo(422);
        assertThat(strict.message())
                .startsWith(" \"\" is invalid: patch: Invalid value: \"{\\\"apiVersion\\\"")
                .endsWith("strict decoding error: unknown field \"spec.size\"");

        var lenient = api.merge(DEPLOYMENTS + "/d", "spec: {size: 1, replicas: 3}");
        assertThat(lenient.body().path("spec")).isEqualTo(Yaml.of("replicas: 3"));
    }

    @Test
    void neverAppliesWhatTheSchemaDoesNotHave() {
        refused(
                api.apply(DEPLOYMENTS + "/d", "fieldManager=x", DEPLOYMENT + "spec: {size: 1}"),
                500,
                "failed to create typed patch object (default/d; apps/v1, Kind=Deployment):"
                        + " .spec.size: field not declared in schema");
        refused(
                api.apply(POOLS + "/p", "fieldManager=x", POOL + "spec: {concurrency: many, size: 1}"),
                500,
                "failed to create typed patch object (default/p; jtask.dev/v1alpha1, Kind=TaskWorkerPool):"
                        + " errors:\n  .spec.size: field not declared in schema"
                        + "\n  .spec.concurrency: expected numeric (int or float), got string");
    }

    @Test
    void takesAnythingWhereThePoolsSchemaSaysSo() {
        var pool = api.post(POOLS + STRICT, POOL + "spec: {image: a, template: {spec: {nodeName: null, x: 1}}}");

        assertThat(pool.code()).isEqualTo(201);
        assertThat(pool.body().at("/spec/template")).isEqualTo(Yaml.of("spec: {nodeName: null, x: 1}"));
    }

    @Test
    void appliesNoRecordOfOwners() {
        refused(
                api.apply(
                        DEPLOYMENTS + "/d",
                        "fieldManager=x",
                        DEPLOYMENT.replace("{name: d", "{name: d, managedFields: []")),
                400,
                "metadata.managedFields must be nil");
    }

    private static void refused(Answer answer, int code, String message) {
        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.code()).isEqualTo(code);
    }
}
