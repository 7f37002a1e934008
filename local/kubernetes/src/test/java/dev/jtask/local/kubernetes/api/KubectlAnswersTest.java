package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What kubectl asks the embedded API, as it asks it.
class KubectlAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedKubernetes server = EmbeddedKubernetes.start();
    private final KubernetesClient client = server.client();

    @BeforeEach
    void knowPools() throws IOException {
        try (var crd = Files.newInputStream(Path.of("../../crds/taskworkerpools.jtask.dev.yaml"))) {
            client.load(crd).items().forEach(item -> client.resource(item).create());
        }
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void leavesValidationToTheServer() throws Exception {
        assertThat(get("/openapi/v3", "*/*")
                        .at("/paths/apis~1jtask.dev~1v1alpha1/serverRelativeURL")
                        .asText())
                .isEqualTo("/openapi/v3/apis/jtask.dev/v1alpha1");
        var patch = get("/openapi/v3/apis/jtask.dev/v1alpha1", "*/*")
                .path("paths")
                .path("/apis/jtask.dev/v1alpha1/namespaces/{namespace}/taskworkerpools/{name}")
                .path("patch");

        assertThat(patch.at("/parameters/0/name").asText()).isEqualTo("fieldValidation");
        assertThat(patch.at("/x-kubernetes-group-version-kind/kind").asText()).isEqualTo("TaskWorkerPool");
    }

    @Test
    void describesTheFieldsOfAPool() throws Exception {
        var schemas = get("/openapi/v3/apis/jtask.dev/v1alpha1", "*/*").at("/components/schemas");

        assertThat(schemas.at("/dev.jtask.embedded.v1alpha1.TaskWorkerPool/properties/spec/properties/scaling")
                        .at("/properties/maxReplicas/description")
                        .asText())
                .isEqualTo("Never more pods than this.");
    }

    @Test
    void showsPodsInColumns() throws Exception {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("worker")
                .withNamespace("default")
                .endMetadata()
                .build();
        client.resource(pod).create();
        client.resource(pod.edit()
                        .withNewStatus()
                        .addNewContainerStatus()
                        .withReady(false)
                        .withRestartCount(3)
                        .withNewState()
                        .withNewWaiting("", "CrashLoopBackOff")
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build())
                .updateStatus();

        var table = get("/api/v1/namespaces/default/pods", "application/json;as=Table;v=v1;g=meta.k8s.io");

        assertThat(table.path("columnDefinitions").findValuesAsText("name"))
                .isEqualTo(List.of("Name", "Ready", "Status", "Restarts", "Age"));
        assertThat(table.at("/rows/0/cells").toString()).startsWith("[\"worker\",\"0/1\",\"CrashLoopBackOff\",\"3\"");
    }

    @Test
    void findsTheEventsOfAnObject() throws Exception {
        for (var pool : List.of("thumbnails", "other")) {
            client.resource(new EventBuilder()
                            .withNewMetadata()
                            .withName(pool)
                            .withNamespace("default")
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withKind("TaskWorkerPool")
                            .withName(pool)
                            .endInvolvedObject()
                            .build())
                    .create();
        }

        var found = get(
                "/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dthumbnails&limit=500", "*/*");

        assertThat(found.path("items").findValuesAsText("name")).containsOnly("thumbnails");
    }

    private JsonNode get(String path, String accept) throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                    .header("Accept", accept)
                    .header("Authorization", "Bearer " + server.token())
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
            return JSON.readTree(answer.body());
        }
    }
}
