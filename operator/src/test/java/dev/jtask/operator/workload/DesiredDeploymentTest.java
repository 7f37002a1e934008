package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.OAuthAccess;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.operator.secret.WorkerUri;
import dev.jtask.protocol.uri.BrokerUri;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredDeploymentTest {

    private static final String QUEUES = "queues: [{name: orders}, {name: mails}]\ndrainTimeout: 2m\n";

    private final DesiredDeployment desired = new DesiredDeployment(Pools.YAML);

    @Test
    void theWorkerLearnsEverythingFromItsEnvironment() {
        var worker = worker(deployment(QUEUES, secret(new WorkerUri.Whole(), Set.of())));

        assertThat(values(worker))
                .containsEntry("JTASK_QUEUES", "orders,mails")
                .containsEntry("JTASK_CONCURRENCY", "8")
                .containsEntry("JTASK_DRAIN_TIMEOUT", "2m")
                .containsEntry("JTASK_NODE_NAME", "shop@$(JTASK_POD_NAME)")
                .containsEntry("JTASK_HTTP_PORT", "9000");
        assertThat(names(worker)).containsSubsequence("JTASK_POD_NAME", "JTASK_NODE_NAME");
    }

    @Test
    void credentialsAreReferencesNeverValues() {
        var worker =
                worker(deployment(QUEUES, secret(new WorkerUri.Parts("amqps", "5671", "shop%2Feu"), Set.of("ca.crt"))));

        assertThat(values(worker))
                .containsEntry(
                        "JTASK_BROKER_URI",
                        "amqps://$(JTASK_BROKER_USERNAME):$(JTASK_BROKER_PASSWORD)@$(JTASK_BROKER_HOST):5671/shop%2Feu")
                .containsEntry("JTASK_TLS_CA", "/etc/jtask/broker/ca.crt");
        assertThat(worker.getEnv())
                .filteredOn(env -> env.getName().equals("JTASK_BROKER_PASSWORD"))
                .allSatisfy(env -> {
                    assertThat(env.getValue()).isNull();
                    assertThat(env.getValueFrom().getSecretKeyRef().getName()).isEqualTo("rabbitmq");
                });
        assertThat(names(worker)).containsSubsequence("JTASK_BROKER_PASSWORD", "JTASK_BROKER_URI");
    }

    @Test
    void theTokenOfMetricsIsOneKeyOfItsSecretAsAFile() {
        var pool = QUEUES + "metrics: {tokenSecretRef: {name: worker-metrics}}\n";
        var deployment = deployment(pool, whole());
        var worker = worker(deployment);

        assertThat(values(worker)).containsEntry("JTASK_METRICS_TOKEN_FILE", "/etc/jtask/metrics/metricsToken");
        assertThat(worker.getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/etc/jtask/metrics") && mount.getReadOnly());
        assertThat(deployment.getSpec().getTemplate().getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("metrics-token"))
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("worker-metrics");
                    assertThat(volume.getSecret().getItems())
                            .extracting(item -> item.getKey())
                            .containsExactly("metricsToken");
                });
        assertThat(values(worker(deployment(QUEUES, whole())))).doesNotContainKey("JTASK_METRICS_TOKEN_FILE");
    }

    @Test
    void aLoginByTokenIsReferencedAndItsSecretIsAFile() {
        var oauth = new OAuthAccess("https://login.test/token", "me", "hunter2", "a b", null, "PEM");
        var plain = whole();
        var amqp = new AmqpAccess(plain.amqp().brokers(), TlsMaterial.NONE, oauth);
        var worker = worker(deployment(
                QUEUES, new BrokerSecret("rabbitmq", "7", plain.access(), amqp, plain.workerUri(), Set.of())));

        assertThat(names(worker))
                .contains("JTASK_OAUTH_TOKEN_URI", "JTASK_OAUTH_CLIENT_ID", "JTASK_OAUTH_SCOPE")
                .doesNotContain("JTASK_OAUTH_AUDIENCE", "JTASK_OAUTH_CLIENT_SECRET");
        assertThat(values(worker))
                .doesNotContainKeys("JTASK_OAUTH_TOKEN_URI", "JTASK_OAUTH_CLIENT_ID")
                .containsEntry("JTASK_OAUTH_CLIENT_SECRET_FILE", "/etc/jtask/oauth/oauthClientSecret")
                .containsEntry("JTASK_OAUTH_CA", "/etc/jtask/oauth/oauth-ca.crt");
        assertThat(worker.getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/etc/jtask/oauth"));
    }

    @Test
    void theGracePeriodLeavesTimeToCloseAfterDraining() {
        var pod = deployment(QUEUES, whole()).getSpec().getTemplate().getSpec();

        assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(130);
    }

    @Test
    void thePodMeetsTheRestrictedStandard() {
        var deployment = deployment(QUEUES, whole());
        var pod = deployment.getSpec().getTemplate().getSpec();
        var container = worker(deployment).getSecurityContext();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    void everyContainerIsRestricted() {
        var pod = template("""
            template:
              spec:
                containers:
                - {name: bare, image: sidecar:1}
                - {name: reads, securityContext: {readOnlyRootFilesystem: true, runAsUser: 7}}
                initContainers:
                - {name: first, env: [{name: A, value: b}]}
            """).getSpec();

        assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("worker", "bare", "reads");
        assertThat(Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream()))
                .hasSize(4)
                .extracting(Container::getSecurityContext)
                .allSatisfy(context -> {
                    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
                    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
                });
        assertThat(pod.getContainers().get(1).getSecurityContext().getReadOnlyRootFilesystem())
                .isNull();
        assertThat(pod.getContainers().get(2).getSecurityContext()).satisfies(context -> {
            assertThat(context.getReadOnlyRootFilesystem()).isTrue();
            assertThat(context.getRunAsUser()).isEqualTo(7);
        });
    }

    @Test
    void whatATemplateAsksForInWordsItHas() {
        var pod = template("""
            template:
              spec:
                containers:
                - {name: root, securityContext: {privileged: true}}
                - {name: free, securityContext: null}
                initContainers:
                - {name: own, command: [chown], securityContext: {runAsUser: 0, runAsNonRoot: false}}
            """).getSpec();

        assertThat(pod.getInitContainers().get(0).getSecurityContext()).satisfies(context -> {
            assertThat(context.getRunAsUser()).isZero();
            assertThat(context.getCapabilities()).isNull();
            assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        });
        assertThat(pod.getContainers().get(1).getSecurityContext()).satisfies(context -> {
            assertThat(context.getPrivileged()).isTrue();
            assertThat(context.getAllowPrivilegeEscalation()).isNull();
        });
        assertThat(pod.getContainers().get(2).getSecurityContext()).isNull();
    }

    @Test
    void itNeverSaysHowManyReplicas() {
        assertThat(deployment(QUEUES, whole()).getSpec().getReplicas()).isNull();
    }

    @Test
    void theTemplateIsLaidOverAndCannotBreakTheSelector() {
        var template = template("""
            template:
              metadata: {labels: {team: a, app.kubernetes.io/name: other}}
              spec:
                nodeSelector: {disk: fast}
                containers:
                - name: worker
                  resources: {limits: {memory: 512Mi}}
                  env: [{name: LANG, value: C}, {name: JTASK_CONCURRENCY, value: "2"}]
                - {name: sidecar, image: sidecar:1}
            """);

        assertThat(template.getMetadata().getLabels())
                .containsEntry("team", "a")
                .containsEntry("app.kubernetes.io/name", "jtask-worker");
        assertThat(template.getSpec().getNodeSelector()).isEqualTo(Map.of("disk", "fast"));
        assertThat(template.getSpec().getContainers())
                .extracting(Container::getName)
                .containsExactly("worker", "sidecar");
        var worker = template.getSpec().getContainers().getFirst();
        assertThat(worker.getImage()).isEqualTo("registry.test/shop:1.4");
        assertThat(worker.getResources().getLimits()).containsKey("memory");
        assertThat(values(worker)).containsEntry("LANG", "C").containsEntry("JTASK_CONCURRENCY", "2");
    }

    @Test
    void aQueuesNameIsNoReferenceToAVariable() {
        var worker = worker(deployment("queues: [{name: cash$$}, {name: x$(JTASK_BROKER_URI)}]\n", whole()));

        // Kubernetes makes one dollar sign of two, and so no reference
        assertThat(values(worker)).containsEntry("JTASK_QUEUES", "cash$$$$,x$$(JTASK_BROKER_URI)");
    }

    @Test
    void labelsOfTheTemplateDoNotHidePodsFromTheOperator() {
        var template = template(
                "template: {metadata: {labels: {app.kubernetes.io/managed-by: argocd, app.kubernetes.io/instance: x}}}");

        assertThat(template.getMetadata().getLabels())
                .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR)
                .containsEntry(Labels.INSTANCE, "shop");
    }

    @Test
    void portsOfOneNumberAndSpreadsOverOneKeyStayTwo() {
        var template = template("""
            template:
              spec:
                topologySpreadConstraints:
                - {topologyKey: host, whenUnsatisfiable: DoNotSchedule, maxSkew: 1}
                - {topologyKey: host, whenUnsatisfiable: ScheduleAnyway, maxSkew: 2}
                containers:
                - name: worker
                  ports:
                  - {name: dns, containerPort: 9100, protocol: UDP}
                  - {name: dns-tcp, containerPort: 9100}
                  - {name: http, containerPort: 9000, hostPort: 9000}
            """);

        assertThat(template.getSpec().getTopologySpreadConstraints()).hasSize(2);
        assertThat(template.getSpec().getContainers().getFirst().getPorts())
                .extracting(port -> port.getName() + " " + port.getContainerPort() + " " + port.getHostPort())
                .containsExactly("http 9000 9000", "dns 9100 null", "dns-tcp 9100 null");
    }

    @Test
    void aNullInTheTemplateTakesAFieldAway() {
        var template = template("template: {spec: {containers: [{name: worker, livenessProbe: null}]}}");

        assertThat(template.getSpec().getContainers().getFirst().getLivenessProbe())
                .isNull();
        assertThat(template.getSpec().getContainers().getFirst().getReadinessProbe())
                .isNotNull();
    }

    @Test
    void aTemplateThatTakesThePodAwayIsRefused() {
        assertThatThrownBy(() -> template("template: {spec: null}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "spec.template takes the whole pod away: spec is null; give the fields of it that are to go");
    }

    @Test
    void aNullInTheTemplateTakesAwayWhatWasNeverThere() {
        var template = template(
                "template: {spec: {containers: [{name: worker, resources: {limits: {memory: null, cpu: \"1\"}}},"
                        + " {name: side, image: s, resources: {requests: {cpu: null}}}], volumes: [{name: v, emptyDir: {sizeLimit: null}}]}}");

        assertThat(template.getSpec().getContainers().get(0).getResources().getLimits())
                .containsOnlyKeys("cpu");
        assertThat(template.getSpec().getContainers().get(1).getResources().getRequests())
                .isNullOrEmpty();
        assertThat(template.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("v"))
                .singleElement()
                .satisfies(volume -> assertThat(volume.getEmptyDir()).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"containers", "initContainers", "volumes", "tolerations"})
    void anEntryOfAListThatIsNullIsRefusedByItsName(String list) {
        assertThatThrownBy(() -> template("template: {spec: {%s: [null]}}".formatted(list)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spec.template has an entry of %s that is null; take it out".formatted(list));
    }

    /// Else a rotated password would roll out no pod.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata: null",
                "metadata: {annotations: null}",
                "metadata: {annotations: {jtask.dev/broker-secret-version: null}}",
                "metadata: {annotations: {jtask.dev/broker-secret-version: mine}}"
            })
    void theTemplateDoesNotHideThatASecretChanged(String metadata) {
        assertThat(template("template: {%s}".formatted(metadata)).getMetadata().getAnnotations())
                .containsEntry("jtask.dev/broker-secret-version", "7");
    }

    @Test
    void aTemplateOfAnotherShapeIsRefused() {
        assertThatThrownBy(() -> template("template: {spec: {containers: {name: worker}}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spec.template is not a pod template");
    }

    @Test
    void aChangedSecretRollsThePods() {
        var before = deployment(QUEUES, whole());
        var after = deployment(
                QUEUES,
                new BrokerSecret("rabbitmq", "8", whole().access(), whole().amqp(), new WorkerUri.Whole(), Set.of()));

        assertThat(after.getSpec().getTemplate()).isNotEqualTo(before.getSpec().getTemplate());
        assertThat(after.getMetadata().getAnnotations())
                .isNotEqualTo(before.getMetadata().getAnnotations());
    }

    private PodTemplateSpec template(String overlay) {
        return deployment(QUEUES + overlay, whole()).getSpec().getTemplate();
    }

    private Deployment deployment(String spec, BrokerSecret secret) {
        return desired.of(Pools.pool(spec), secret);
    }

    private static Container worker(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    private static List<String> names(Container worker) {
        return worker.getEnv().stream().map(EnvVar::getName).toList();
    }

    private static Map<String, String> values(Container worker) {
        return worker.getEnv().stream()
                .filter(env -> env.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    private static BrokerSecret whole() {
        return secret(new WorkerUri.Whole(), Set.of());
    }

    private static BrokerSecret secret(WorkerUri uri, Set<String> tls) {
        var access = new BrokerAccess(
                List.of(new ManagementDoor(URI.create("http://rabbit.test:15672"), "u", "p", "/")), TlsMaterial.NONE);
        var amqp = new AmqpAccess(BrokerUri.list("amqp://rabbit"), TlsMaterial.NONE);
        return new BrokerSecret("rabbitmq", "7", access, amqp, uri, tls);
    }
}
