package dev.jtask.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.local.kubernetes.api.KubeApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The CRD on a real API server: what it accepts, refuses with which words, fills in and shows.
@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
@SuppressWarnings("NullAway.Init")
class TaskWorkerPoolApiServerIT {

    private static final String GOOD = """
        image: shop:1
        queues: [{name: orders}]
        broker: {secretRef: {name: rabbitmq}}
        """;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static KubeApiServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), folder.resolve("kubernetes"));
        client = server.client();
        // by kubectl as users do: it reads YAML 1.1, fabric8 reads 1.2
        var _ = kubectl("apply", "--server-side", "-f", GeneratedCrd.COMMITTED.toString());
        await().atMost(PATIENCE)
                .until(() -> client
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("taskworkerpools.jtask.dev")
                        .get()
                        .getStatus()
                        .getConditions()
                        .stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True")));
        // Established comes a moment before the path is served
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.resources(TaskWorkerPool.class)
                        .inNamespace("default")
                        .list()
                        .getItems()
                        .isEmpty());
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
    void whatIsLeftOutIsFilledIn() {
        var spec = apply("defaults", GOOD).getSpec();

        assertThat(spec.concurrency()).isEqualTo(8);
        assertThat(spec.drainTimeout()).isEqualTo("5m");
        assertThat(spec.scaling()).isEqualTo(ScalingSpec.DEFAULTS);
    }

    @Test
    void aPlainDepthIsNoContradictionToTheDefaultObjective() {
        var spec = apply("depth", GOOD + "scaling: {objective: {backlogPerReplica: 20}}\n")
                .getSpec();

        assertThat(spec.scaling().objective().backlogPerReplica()).isEqualTo(20);
        assertThat(spec.scaling().objective().drainTime()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        scaling: {minReplicas: 5, maxReplicas: 2}                        | lower the one or raise the other
        concurrency: 0                                                   | spec.concurrency must be at least 1
        replicas: 3                                                      | set spec.scaling.mode to Off
        drainTimeout: soon                                               | spec.drainTimeout must be a duration such as 30s, 5m or 1h30m
        drainTimeout: 5m 30s                                             | spec.drainTimeout must be a duration such as 30s, 5m or 1h30m
        drainTimeout: 8760h1s                                            | at most 8760h, 365 days
        scaling: {objective: {drainTime: 10s, backlogPerReplica: 5}}     | objective
        scaling: {objective: {drainTime: 0s}}                            | drainTime must be longer than 0s
        scaling: {objective: {drainTime: 1 minute}}                      | scaling.objective.drainTime must be a duration such as 30s
        scaling: {scaleUp: {stabilization: 1d}}                          | scaleUp.stabilization must be a duration such as 30s
        scaling: {scaleUp: {retryAfter: "300"}}                          | scaleUp.retryAfter must be a duration such as 30s
        scaling: {scaleDown: {stabilization: 30m1h}}                     | scaleDown.stabilization must be a duration such as 30s
        scaling: {failureFuse: {within: 1.5m}}                           | failureFuse.within must be a duration such as 30s
        scaling: {windows: [{start: 0 8 * * *, duration: -1h, minReplicas: 1}]} | a window's duration must be one such as 30s
        scaling: {objective: {}}                                         | remove one or set one
        scaling: {whenBlind: {mode: Replicas}}                           | belongs to mode Replicas: set both
        scaling: {whenBlind: {mode: Hold, replicas: 3}}                  | belongs to mode Replicas: set both
        scaling: {minReplicas: 11}                                       | lower the one or raise the other
        scaling: {mode: Sometimes}                                       | mode
        scaling: {targetUtilization: 0}                                  | targetUtilization
        scaling: {windows: [{start: 0 8 * * *, minReplicas: 1}]}         | set exactly one of end and duration
        scaling: {windows: [{start: 0 8 * * *, duration: 1h}]}           | changes nothing: set one of them
        scaling: {windows: [{start: 0 8 * * *, duration: 0s, minReplicas: 1}]} | longer than 0s
        scaling: {windows: [{duration: 1h, minReplicas: 1}]}             | start
        scaling: {windows: [{start: 0 8 * * *, duration: 1h, minReplicas: 3, maxReplicas: 2}]} | lower the one or raise the other
        scaling: {windows: [{start: 0 8 * * *, duration: 1h, minReplicas: 11}]} | of a window is greater than scaling.maxReplicas
        scaling: {failureFuse: {within: 0s}}                             | within must be longer than 0s
        metrics: {tokenSecretRef: {}}                                    | whose key metricsToken holds the token
        """)
    void aSpecThatMakesNoSenseIsRefusedWithTheFix(String field, String words) {
        assertThatThrownBy(() -> apply("wrong", GOOD + field + "\n"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        queues: [{name: orders}]                                   | queues: [{name: a}, {name: b}, {name: a}]      | remove one of them
        queues: [{name: orders}]                                   | queues: []                                     | queues
        queues: [{name: orders}]                                   | queues: [{name: a, declare: {maxPriority: 5}}] | classic
        queues: [{name: orders}]                                   | queues: [{name: a, declare: {type: classic, deliveryLimit: 5}}] | quorum
        queues: [{name: orders}]                                   | queues: [{name: a, declare: {overflow: reject-publish}}]        | maxLength
        broker: {secretRef: {name: rabbitmq}}                      | broker: {secretRef: {}}                        | write the name of the Secret
        broker: {secretRef: {name: rabbitmq}}                      | broker: {secretRef: {name: ""}}                | write the name of the Secret
        queues: [{name: orders}]                                   | queues: [{name: amq.orders, declare: {}}]       | rename the queue
        queues: [{name: orders}]                                   | queues: [{name: "a,b"}]                        | may have no comma and no blank
        queues: [{name: orders}]                                   | queues: [{name: "a b"}]                        | may have no comma and no blank
        queues: [{name: orders}]                                   | queues: [{name: a, declare: {messageTtl: 1 day}}]      | declare.messageTtl must be a duration such as 30s
        queues: [{name: orders}]                                   | queues: [{name: a, declare: {consumerTimeout: long}}]  | declare.consumerTimeout must be a duration such as 30s
        queues: [{name: orders}]                                   | queues: [{name: a, declare: {type: stream}}]    | declare.type
        image: shop:1                                              | image: ""                                      | image
        """)
    void aRequiredPartThatIsWrongIsRefusedWithTheFix(String good, String bad, String words) {
        assertThatThrownBy(() -> apply("wrong", GOOD.replace(good, bad)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aQueueLeavesRoomForTheNamesBesideIt() {
        var name = "q".repeat(246);

        assertThat(apply("long-queue", GOOD.replace("orders", name + ", declare: {deadLetter: true}")))
                .isNotNull();
        assertThatThrownBy(() -> apply("wrong", GOOD.replace("orders", name + "q")))
                .hasMessageContaining("shorten it to 246 bytes");
        assertThatThrownBy(() -> apply("wrong", GOOD.replace("orders", "ж".repeat(124))))
                .hasMessageContaining("shorten it to 246 bytes");
    }

    @Test
    void aNameThatIsNoLabelIsRefused() {
        assertThat(apply("p".repeat(63), GOOD)).isNotNull();
        assertThatThrownBy(() -> apply("p".repeat(64), GOOD))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("shorten it to 63 characters");
    }

    @Test
    void kubectlTakesOffInQuotesAndSaysWhatIsWrongWithout() throws IOException, InterruptedException {
        var file = folder.resolve("off.yaml");

        Files.writeString(file, manifest("by-hand", GOOD + "scaling: {mode: \"Off\"}\nreplicas: 2\n"));
        assertThat(kubectl("apply", "-f", file.toString())).contains("created");

        Files.writeString(file, manifest("by-hand", GOOD + "scaling: {mode: Off}\n"));
        assertThatThrownBy(() -> kubectl("apply", "-f", file.toString()))
                .hasMessageContaining("spec.scaling.mode")
                .hasMessageContaining("boolean");
        assertThat(kubectl("explain", "twp.spec.scaling.mode")).contains("with the quotes");
    }

    @Test
    void theScaleSubresourceWritesTheReplicasAndReadsTheStatus() {
        apply("scaled", GOOD + "scaling: {mode: Off}\nreplicas: 1\n");

        client.resources(TaskWorkerPool.class)
                .inNamespace("default")
                .withName("scaled")
                .scale(3);

        assertThat(get("scaled").getSpec().replicas()).isEqualTo(3);
    }

    @Test
    void theStatusIsAppliedApartFromTheSpec() {
        apply("status", GOOD + "scaling: {mode: Off}\nreplicas: 4\n");
        var pool = new TaskWorkerPool();
        pool.getMetadata().setName("status");
        pool.getMetadata().setNamespace("default");
        pool.setStatus(new TaskWorkerPoolStatus(1L, 4, 3, "app=worker", 1240L, List.of(), null, List.of()));

        var apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("jtask-operator")
                .withForce(true)
                .build();
        client.resource(pool).subresource("status").patch(apply, pool);

        assertThat(get("status").getStatus()).isEqualTo(pool.getStatus());
        assertThat(get("status").getSpec().image()).isEqualTo("shop:1");
        var scale = client.resources(TaskWorkerPool.class)
                .inNamespace("default")
                .withName("status")
                .scale();
        assertThat(scale.getStatus().getReplicas()).isEqualTo(4);
        assertThat(scale.getStatus().getSelector()).isEqualTo("app=worker");
    }

    @Test
    void kubectlExplainsEveryFieldOfScalingAndShowsTheColumns() throws IOException, InterruptedException {
        var explained = kubectl("explain", "twp.spec.scaling");
        assertThat(explained)
                .contains(
                        "activation",
                        "maxReplicas",
                        "minReplicas",
                        "mode",
                        "objective",
                        "paused",
                        "scaleDown",
                        "scaleUp",
                        "targetUtilization",
                        "whenBlind")
                .doesNotContain("<no description>");

        apply("columns", GOOD);
        assertThat(kubectl("get", "twp", "columns")
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .strip()
                        .split("\\s+", -1))
                .containsExactly("NAME", "READY", "STATUS", "REPLICAS", "DESIRED", "BACKLOG", "REASON", "AGE");
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        var config = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        var beside = KubeApiServer.assets().orElseThrow().resolve("kubectl");
        // it remembers for hours which kinds a server has, which here changes
        var cache = Files.createTempDirectory(folder, "kubectl");
        var command = new ArrayList<>(List.of(
                Files.isExecutable(beside) ? beside.toString() : "kubectl",
                "--kubeconfig",
                config.toString(),
                "--cache-dir",
                cache.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static TaskWorkerPool apply(String name, String spec) {
        var yaml = manifest(name, spec);
        // as text: the types would fill in or drop what the server is to judge
        return client.resource(client.getKubernetesSerialization()
                        .convertValue(
                                client.getKubernetesSerialization().unmarshal(yaml, Map.class),
                                GenericKubernetesResource.class))
                .fieldManager("tester")
                .forceConflicts()
                .serverSideApply()
                .getMetadata()
                .getName()
                .transform(TaskWorkerPoolApiServerIT::get);
    }

    private static String manifest(String name, String spec) {
        return "apiVersion: jtask.dev/v1alpha1\nkind: TaskWorkerPool\nmetadata: {name: %s, namespace: default}\nspec:\n"
                        .formatted(name)
                + spec.indent(2);
    }

    private static TaskWorkerPool get(String name) {
        return client.resources(TaskWorkerPool.class)
                .inNamespace("default")
                .withName(name)
                .get();
    }
}
