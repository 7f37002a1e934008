package dev.jtask.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.api.KubeApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

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
    void theServiceAccountMayDoWhatTheOperatorDoesAndNothingElse() throws IOException {
        var used = Files.readAllLines(Path.of("../operator/api-verbs.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replace(" seldom", ""))
                .toList();

        assertThat(everything()).hasSizeGreaterThan(300).containsAll(used);
        assertThat(everything())
                .filteredOn(permission -> mayDo(permission, Chart.NAMESPACE))
                .containsExactlyInAnyOrderElementsOf(used);
    }

    /// As in a namespace that is being deleted, where its Role is gone.
    @Test
    void inAnotherNamespaceItMayOnlyLetGoOfPools() {
        assertThat(everything())
                .filteredOn(permission -> mayDo(permission, "other"))
                .containsExactlyInAnyOrder("get taskworkerpools.jtask.dev", "patch taskworkerpools.jtask.dev");
    }

    /// Every verb on every resource that this server has, but for what everybody may ask about themselves.
    private static List<String> everything() {
        var versions = Stream.concat(
                Stream.of("v1"),
                client.getApiGroups().getGroups().stream()
                        .map(group -> group.getPreferredVersion().getGroupVersion()));
        return versions.flatMap(version -> client.getApiResources(version).getResources().stream()
                        .filter(resource -> !resource.getName().startsWith("selfsubject"))
                        .flatMap(resource ->
                                VERBS.stream().map(verb -> verb + " " + qualified(resource.getName(), version))))
                .toList();
    }

    private static String qualified(String resource, String version) {
        var group = version.contains("/") ? "." + version.substring(0, version.indexOf('/')) : "";
        return resource.replaceFirst("(?=/|$)", group);
    }

    private static boolean mayDo(String permission, String namespace) {
        var parts = permission.split(" ", 2);
        var subresource = parts[1].split("/", 2);
        var resource = subresource[0].split("\\.", 2);
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + Chart.NAMESPACE + ":jtask")
                .withGroups(
                        "system:serviceaccounts", "system:serviceaccounts:" + Chart.NAMESPACE, "system:authenticated")
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
