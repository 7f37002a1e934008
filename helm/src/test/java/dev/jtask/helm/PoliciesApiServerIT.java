package dev.jtask.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.local.kubernetes.api.KubeApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// examples/policies on a real API server.
@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
@SuppressWarnings("NullAway.Init")
class PoliciesApiServerIT {

    @TempDir
    static Path folder;

    private static KubeApiServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void install() throws IOException {
        server = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), folder.resolve("kubernetes"));
        client = server.client();
        for (var labels : Map.of("tenant", Map.of("jtask.dev/pools", "restricted"), "free", Map.<String, String>of())
                .entrySet()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(labels.getKey())
                            .withLabels(labels.getValue())
                            .endMetadata()
                            .build())
                    .create();
        }
        client.load(Files.newInputStream(Path.of("../crds/taskworkerpools.jtask.dev.yaml")))
                .create();
        client.load(Files.newInputStream(Path.of("../examples/policies/pools.yaml")))
                .create();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsMatching(failure -> failure instanceof KubernetesClientException)
                .until(() -> tries("free", "{}") && isRefused("tenant", "{spec: {hostNetwork: true}}"));
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {spec: {hostPID: true}}                                                                  | node's namespaces
            {spec: {volumes: [{name: a, emptyDir: {}}, {name: h, hostPath: {path: /}}]}}             | node's files
            {spec: {serviceAccountName: admin}}                                                      | no service account
            {spec: {automountServiceAccountToken: true}}                                             | no token
            {spec: {containers: [{name: worker, securityContext: {privileged: true}}]}}              | privileged
            {spec: {initContainers: [{name: i, securityContext: {capabilities: {add: [NET_RAW]}}}]}} | capabilities
            {spec: {containers: [{name: worker, securityContext: {capabilities: {drop: []}}}]}}      | capabilities
            {spec: {containers: [{name: worker, securityContext: {capabilities: null}}]}}            | capabilities
            {spec: {containers: [{name: worker, securityContext: {procMount: Unmasked}}]}}           | /proc
            {spec: {volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: t}}]}}]}} | no token
            {spec: {volumes: [{name: t, projected: {sources: [{clusterTrustBundle: {path: t}}]}}]}}  | no token
            {spec: {volumes: [{name: f, flexVolume: {driver: any}}]}}                                | by its drivers
            {spec: {volumes: [{name: c, csi: {driver: any}}]}}                                       | by its drivers
            {spec: {containers: [{name: worker, ports: [{containerPort: 1, hostPort: 1}]}]}}         | node's ports
            {spec: {initContainers: [{name: i, ports: [{containerPort: 1, hostPort: 1}]}]}}          | node's ports
            {spec: {nodeName: control-plane}}                                                        | past the scheduler
            {spec: {securityContext: {runAsUser: 0}}}                                                | not root
            {spec: {securityContext: {runAsNonRoot: false}}}                                         | not root
            {spec: {securityContext: {runAsNonRoot: null}}}                                          | not root
            {spec: {containers: [{name: worker, securityContext: {runAsUser: 0}}]}}                  | not root
            {spec: {initContainers: [{name: i, securityContext: {runAsNonRoot: false}}]}}            | not root
            {spec: {securityContext: {seccompProfile: {type: Unconfined}}}}                          | confined
            {spec: {containers: [{name: worker, securityContext: {seccompProfile: {type: null}}}]}}  | confined
            {spec: {securityContext: {appArmorProfile: {type: Unconfined}}}}                         | confined
            {spec: {securityContext: {sysctls: [{name: a, value: b}]}}}                              | confined
            {spec: {securityContext: {seLinuxOptions: {user: system_u}}}}                            | confined
            {spec: {securityContext: {seLinuxOptions: {role: system_r}}}}                            | confined
            {spec: {containers: [{name: s, securityContext: {seLinuxOptions: {type: spc_t}}}]}}      | confined
            {spec: {containers: [{name: s, livenessProbe: {httpGet: {host: 1.1.1.1, port: 1}}}]}}    | their own pod
            {spec: {containers: [{name: s, readinessProbe: {tcpSocket: {host: a, port: 1}}}]}}       | their own pod
            {spec: {initContainers: [{name: i, startupProbe: {tcpSocket: {host: a, port: 1}}}]}}     | their own pod
            {spec: {containers: [{name: s, lifecycle: {postStart: {httpGet: {host: a, port: 1}}}}]}} | their own pod
            {spec: {containers: [{name: s, lifecycle: {preStop: {tcpSocket: {host: a, port: 1}}}}]}} | their own pod
            {spec: {securityContext: null}}                                                          | not root
            {spec: {containers: [{name: worker, securityContext: null}]}}                            | not root
            {spec: {automountServiceAccountToken: null}}                                             | jtask-restricted-pools
            """)
    void refusesWhatWouldBeMoreThanAWorker(String template, String why) {
        assertThatThrownBy(() -> create("tenant", template))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(why);
        assertThat(tries("free", template)).isTrue();
    }

    @Test
    void letsOrdinaryTemplatesThrough() {
        assertThat(tries("tenant", "{}")).isTrue();
        assertThat(
                        tries(
                                "tenant",
                                "{spec: {volumes: [{name: a, emptyDir: {}}], containers: [{name: worker, env: [{name: A, value: b}], securityContext: {readOnlyRootFilesystem: true}}]}}"))
                .isTrue();
        assertThat(tries("tenant", """
                                {spec: {
                                  securityContext: {runAsUser: 1000, runAsNonRoot: true, fsGroup: 1, seccompProfile: {type: RuntimeDefault}, seLinuxOptions: {type: container_t, level: "s0:c1"}},
                                  containers: [
                                    {name: worker, ports: [{containerPort: 8081}], livenessProbe: {httpGet: {path: /, port: 8081}}, securityContext: {capabilities: {drop: [ALL]}}},
                                    {name: sidecar, startupProbe: {exec: {command: [a]}}, lifecycle: {preStop: {sleep: {seconds: 1}}}}],
                                  volumes: [
                                    {name: c, configMap: {name: c}},
                                    {name: s, secret: {secretName: s}},
                                    {name: d, downwardAPI: {items: []}},
                                    {name: v, persistentVolumeClaim: {claimName: v}},
                                    {name: p, projected: {sources: [{secret: {name: s}}, {configMap: {name: c}}]}}]}}
                                """.replace("\n", " "))).isTrue();
    }

    private static boolean isRefused(String namespace, String template) {
        try {
            create(namespace, template);
            return false;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage()).contains("jtask-restricted-pools");
        }
    }

    private static boolean tries(String namespace, String template) {
        return create(namespace, template).getMetadata().getUid() != null;
    }

    /// Says what would become of it, and leaves nothing.
    private static GenericKubernetesResource create(String namespace, String template) {
        return client.resource(
                        Serialization.unmarshal("""
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: p, namespace: %s}
            spec:
              image: worker:1
              queues: [{name: orders}]
              broker: {secretRef: {name: rabbitmq}}
              template: %s
            """.formatted(namespace, template), GenericKubernetesResource.class))
                .dryRun(true)
                .create();
    }
}
