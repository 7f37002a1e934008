package dev.jtask.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.local.kubernetes.api.KubeApiServer;
import dev.jtask.local.kubernetes.api.KubernetesApi;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.workload.DeploymentApi;
import dev.jtask.operator.workload.Deployments;
import dev.jtask.operator.workload.DesiredDeployment;
import dev.jtask.operator.workload.Drift;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a real API server makes of Deployments: its words for a template that is none, and nothing to write for one
/// that it keeps in another form.
@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentsApiServerIT {

    private static final String REWRITTEN = """
        template:
          spec:
            topologySpreadConstraints:
            - {topologyKey: host, whenUnsatisfiable: DoNotSchedule, maxSkew: 1, labelSelector: {matchLabels: {a: b}}}
            - {topologyKey: host, whenUnsatisfiable: ScheduleAnyway, maxSkew: 1, labelSelector: {matchLabels: {a: b}}}
            tolerations: [{key: spot, operator: Exists, effect: ""}]
            securityContext: {fsGroup: 1000}
            volumes: [{name: scratch, emptyDir: {sizeLimit: 1024Mi}}]
            containers:
            - name: worker
              resources: {limits: {cpu: 1000m, memory: 1024Mi}, requests: {cpu: "0.10"}}
              ports: [{name: a, containerPort: 9100, protocol: UDP}, {name: b, containerPort: 9100}]
              env: [{name: EMPTY, value: ""}]
        """;

    private KubernetesApi server;
    private KubernetesClient client;
    private Counting api;
    private Deployments deployments;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), folder.resolve("kubernetes"));
        try (var usual = server.client()) {
            client = new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(usual.getConfiguration())
                            .withRequestRetryBackoffLimit(0)
                            .build())
                    .withKubernetesSerialization(Pools.YAML)
                    .build();
        }
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void open() {
        client.apps().deployments().inNamespace("default").withName("shop").delete();
        api = new Counting(new KubernetesDeploymentApi(client, Leadership.ALWAYS));
        restartOperator();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec: {nodeSelectr: {a: b}} | nodeSelectr",
                "spec: {containers: [{name: worker, resources: {limits: {memory: lots}}}]} | quantities",
                "spec: {containers: [{name: worker, imagePullPolicy: Sometimes}]} | imagePullPolicy",
                "spec: {restartPolicy: Never} | restartPolicy",
                "metadata: {labels: {team: not a label}} | not a label",
                "spec: {imagePullSecrets: [{name: a}, {name: a}]} | duplicate entries",
                "spec: {containers: [{name: s, image: i, env: [{name: A, value: x}, {name: A, value: y}]}]} | duplicate entries",
            })
    void aTemplateThatIsNoneIsPutIntoWordsAtOnce(String template, String words) {
        var began = System.nanoTime();

        var rollout = roll(pool("template: {" + template + "}"));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(rollout)
                .isInstanceOfSatisfying(
                        Rollout.Rejected.class,
                        rejected -> assertThat(rejected.message())
                                .startsWith("Kubernetes refused the Deployment; correct spec.template:")
                                .contains(words));
    }

    @Test
    void aTemplateThatTurnsBadLeavesWhatRunsAlone() {
        roll(pool("concurrency: 2"));
        var running = current();

        assertThat(roll(pool("concurrency: 2\ntemplate: {spec: {nodeSelectr: {a: b}}}")))
                .isInstanceOf(Rollout.Rejected.class);

        assertThat(current()).isEqualTo(running);
    }

    @Test
    void whatTheServerKeepsInAnotherFormIsWrittenOnce() {
        var pool = pool(REWRITTEN);
        assertThat(roll(pool)).isEqualTo(new Rollout.Done());
        var spec = current().getSpec().getTemplate().getSpec();
        assertThat(spec.getTopologySpreadConstraints()).hasSize(2);
        assertThat(spec.getContainers().getFirst().getPorts()).hasSize(3);
        api.applies = 0;

        for (int i = 0; i < 3; i++) {
            roll(pool);
        }
        restartOperator();
        roll(pool);

        assertThat(api.applies).isZero();
    }

    @Test
    void whatOthersChangeIsPutRightOnceAndWhatTheyAddStays() {
        var pool = pool(REWRITTEN);
        roll(pool);
        client.apps()
                .deployments()
                .inNamespace("default")
                .withName("shop")
                .edit(running -> running.edit()
                        .editSpec()
                        .editTemplate()
                        .editMetadata()
                        .addToAnnotations("kubectl.kubernetes.io/restartedAt", "now")
                        .endMetadata()
                        .editSpec()
                        .editFirstContainer()
                        .withImage("somebody/elses:2")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        api.applies = 0;

        for (int i = 0; i < 3; i++) {
            roll(pool);
        }

        assertThat(api.applies).isEqualTo(1);
        var template = current().getSpec().getTemplate();
        assertThat(template.getSpec().getContainers().getFirst().getImage()).isEqualTo("registry.test/shop:1.4");
        assertThat(template.getMetadata().getAnnotations()).containsKey("kubectl.kubernetes.io/restartedAt");
    }

    @Test
    void whatOthersChangedWhileNoOperatorRanIsPutRight() {
        var pool = pool("concurrency: 2");
        roll(pool);
        client.apps()
                .deployments()
                .inNamespace("default")
                .withName("shop")
                .edit(running -> running.edit()
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());

        restartOperator();
        roll(pool);

        assertThat(current().getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThan(1);
    }

    @Test
    void aNamesakeOfWhatIsDeletedStays() {
        roll(pool("concurrency: 2"));
        var seen = current();
        api.delete(seen);
        api.delete(seen);
        roll(pool("concurrency: 2"));

        api.delete(seen);

        assertThat(current().getMetadata().getUid())
                .isNotEqualTo(seen.getMetadata().getUid());
        api.delete(current());
        assertThat(api.find("default", "shop")).isEmpty();
    }

    private void restartOperator() {
        var json = client.getKubernetesSerialization();
        deployments = new Deployments(new DesiredDeployment(json), new Drift(json), api);
    }

    private static TaskWorkerPool pool(String spec) {
        return Pools.pool("queues: [{name: orders}]\n" + spec);
    }

    private Rollout roll(TaskWorkerPool pool) {
        return deployments.roll(
                pool, FakeSecrets.USABLE, api.find("default", "shop").orElse(null));
    }

    private Deployment current() {
        return api.find("default", "shop").orElseThrow();
    }

    /// Counts what is applied.
    private static final class Counting implements DeploymentApi {
        private final DeploymentApi api;
        private int applies;

        Counting(DeploymentApi api) {
            this.api = api;
        }

        @Override
        public Optional<Deployment> find(String namespace, String name) {
            return api.find(namespace, name);
        }

        @Override
        public Deployment apply(Deployment deployment) {
            applies++;
            return api.apply(deployment);
        }

        @Override
        public Deployment scale(Deployment deployment, int replicas) {
            return api.scale(deployment, replicas);
        }

        @Override
        public void delete(Deployment deployment) {
            api.delete(deployment);
        }
    }
}
