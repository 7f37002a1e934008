package dev.jtask.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.local.kubernetes.api.ApiRequest;
import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.operator.leadership.NotLeadingException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the operator deletes is what it saw, and what it writes it writes while it leads.
class KubernetesDeploymentApiTest {

    private final AtomicBoolean leads = new AtomicBoolean(true);
    private EmbeddedKubernetes kubernetes;
    private KubernetesClient client;
    private KubernetesDeploymentApi api;

    @BeforeEach
    void start() {
        kubernetes = EmbeddedKubernetes.start();
        client = kubernetes.client();
        api = new KubernetesDeploymentApi(client, leads::get);
    }

    @AfterEach
    void stop() {
        client.close();
        kubernetes.close();
    }

    @Test
    void deletesTheDeploymentThatIsMeantAndMayBeAskedForItTwice() {
        var seen = create();

        api.delete(seen);
        assertThat(api.find("default", "shop")).isEmpty();
        api.delete(seen);
    }

    @Test
    void leavesANamesakeThatWasMadeSince() {
        var seen = create();
        api.delete(seen);
        var namesake = create();

        api.delete(seen);

        assertThat(api.find("default", "shop"))
                .hasValueSatisfying(found -> assertThat(found.getMetadata().getUid())
                        .isEqualTo(namesake.getMetadata().getUid()));
    }

    @ParameterizedTest
    @MethodSource
    void whoLeadsNoMoreWritesNothing(String what, BiConsumer<KubernetesDeploymentApi, Deployment> write) {
        var seen = create();
        var before = writes();
        leads.set(false);

        assertThatExceptionOfType(NotLeadingException.class).as(what).isThrownBy(() -> write.accept(api, seen));

        assertThat(writes()).isEqualTo(before);
        assertThat(api.find("default", "shop")).as("reading is allowed").contains(seen);
    }

    static Stream<Arguments> whoLeadsNoMoreWritesNothing() {
        return Stream.of(
                write("apply", (api, seen) -> api.apply(asWanted(seen))),
                write("scale", (api, seen) -> api.scale(seen, 7)),
                write("delete", KubernetesDeploymentApi::delete));
    }

    /// What is applied says nothing of who manages what.
    private static Deployment asWanted(Deployment seen) {
        return seen.edit().editMetadata().withManagedFields().endMetadata().build();
    }

    private static Arguments write(String what, BiConsumer<KubernetesDeploymentApi, Deployment> write) {
        return Arguments.of(what, write);
    }

    @Test
    void aDeploymentOfAVersionIsNotSizedWhenThereIsANewerOne() {
        var seen = api.apply(deployment());
        var newer = api.scale(seen, 7);

        assertThatThrownBy(() -> api.scale(seen, 2))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(409));

        assertThat(api.find("default", "shop")).contains(newer);
        newer.getMetadata().setResourceVersion(null);
        assertThat(api.scale(newer, 3).getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void whoLeadsWrites() {
        var seen = api.apply(deployment());

        api.scale(seen, 7);

        assertThat(api.find("default", "shop"))
                .hasValueSatisfying(
                        found -> assertThat(found.getSpec().getReplicas()).isEqualTo(7));
    }

    private List<ApiRequest> writes() {
        return kubernetes.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .toList();
    }

    private Deployment create() {
        return client.resource(deployment()).create();
    }

    private Deployment deployment() {
        return client.getKubernetesSerialization().unmarshal("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: shop, namespace: default}
                        spec:
                          selector: {matchLabels: {app: shop}}
                          template:
                            metadata: {labels: {app: shop}}
                            spec: {containers: [{name: worker, image: "registry.test/shop:1"}]}
                        """, Deployment.class);
    }
}
