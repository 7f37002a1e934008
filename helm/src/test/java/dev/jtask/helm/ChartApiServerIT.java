package dev.jtask.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.kube.KubeApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The chart's objects on a real API server, and what RBAC lets the operator's service account do with them.
@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
@SuppressWarnings("NullAway.Init")
class ChartApiServerIT {

    @TempDir
    static Path folder;

    private static KubeApiServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void install() {
        server = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), folder.resolve("kubernetes"));
        client = server.client();
        for (var namespace : List.of(Chart.NAMESPACE, "other")) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        // The server judges every object; none may be refused.
        Chart.render(Map.of())
                .forEach(object -> client.resource(object).fieldManager("helm").serverSideApply());
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void the_service_account_may_do_everything_the_operator_does() throws IOException {
        var permissions = Files.readAllLines(Path.of("../operator/api-verbs.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replace(" seldom", ""))
                .toList();

        assertThat(permissions).hasSizeGreaterThan(15).allMatch(permission -> mayDo(permission, Chart.NAMESPACE));
    }

    @Test
    void the_service_account_may_do_nothing_else() {
        assertThat(List.of(
                        "list secrets",
                        "watch secrets",
                        "delete pods",
                        "create pods",
                        "create taskworkerpools.jtask.dev",
                        "delete taskworkerpools.jtask.dev",
                        "update deployments.apps/scale"))
                .noneMatch(permission -> mayDo(permission, Chart.NAMESPACE));
        assertThat(List.of("get secrets", "list deployments.apps", "get leases.coordination.k8s.io"))
                .noneMatch(permission -> mayDo(permission, "other"));
    }

    private static boolean mayDo(String permission, String namespace) {
        var parts = permission.split(" ", 2);
        var subresource = parts[1].split("/", 2);
        var resource = subresource[0].split("\\.", 2);
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + Chart.NAMESPACE + ":jtask")
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(parts[0])
                .withGroup(resource.length > 1 ? resource[1] : "")
                .withResource(resource[0])
                .withSubresource(subresource.length > 1 ? subresource[1] : null)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}
