package dev.jtask.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

    private static final String LET_GO = "tasks:jtask-let-go";
    private static final String CRD = "taskworkerpools.jtask.dev";

    @Test
    void helmFindsNothingToComplainAbout() {
        var result = Chart.helm().lint().strict().call();

        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void byDefaultTheOperatorMayWorkInItsOwnNamespaceOnly() {
        var objects = Chart.render(Map.of());

        assertThat(Chart.find(objects, Role.class))
                .allSatisfy(
                        role -> assertThat(role.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE));
        assertThat(Chart.find(objects, ClusterRoleBinding.class))
                .singleElement()
                .satisfies(binding -> assertThat(binding.getRoleRef().getName()).isEqualTo(LET_GO));
        assertThat(environment(objects)).containsEntry("JTASK_OPERATOR_NAMESPACES", Chart.NAMESPACE);
    }

    @Test
    void ofANamespaceThatTakesItsRoleWithItTheOperatorMayStillLetPoolsGoAndNothingElse() {
        var objects = Chart.render(Map.of("watchNamespaces[0]", "shop"));

        assertThat(Chart.find(objects, ClusterRole.class, LET_GO).getRules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.getApiGroups()).containsExactly("jtask.dev");
                    assertThat(rule.getResources()).containsExactly("taskworkerpools");
                    assertThat(rule.getVerbs()).containsExactly("get", "patch");
                });
        assertThat(Chart.find(objects, ClusterRoleBinding.class, LET_GO).getSubjects())
                .singleElement()
                .returns("jtask", subject -> subject.getName())
                .returns(Chart.NAMESPACE, subject -> subject.getNamespace());
        assertThat(Chart.find(Chart.render(Map.of("clusterWide", "true")), ClusterRole.class))
                .noneMatch(role -> role.getMetadata().getName().equals(LET_GO));
        assertThat(Chart.find(Chart.render(Map.of("rbac.create", "false")), ClusterRoleBinding.class))
                .isEmpty();
    }

    @Test
    void eachWatchedNamespaceGetsARoleForTheOneServiceAccount() {
        var objects = Chart.render(Map.of("watchNamespaces[0]", "shop", "watchNamespaces[1]", "mail"));

        var bindings = Chart.find(objects, RoleBinding.class).stream()
                .filter(binding -> binding.getMetadata().getName().equals("jtask"))
                .toList();
        assertThat(bindings)
                .extracting(binding -> binding.getMetadata().getNamespace())
                .containsExactly("shop", "mail");
        assertThat(bindings)
                .allSatisfy(binding -> assertThat(binding.getSubjects())
                        .singleElement()
                        .returns("jtask", subject -> subject.getName())
                        .returns(Chart.NAMESPACE, subject -> subject.getNamespace()));
        assertThat(environment(objects)).containsEntry("JTASK_OPERATOR_NAMESPACES", "shop,mail");
    }

    /// Without quotes YAML takes such a name for a number, a date or nothing, and Kubernetes refuses it.
    @ParameterizedTest
    @ValueSource(strings = {"1234", "1e3", "2026-01-01", "on", "null"})
    void namespacesAndReleasesOfDigitsStayText(String name, @TempDir Path folder) throws IOException {
        var bare = Pattern.compile("(?m)^[- ]*[a-zA-Z./-]+: %1$s(:%1$s)?$".formatted(Pattern.quote(name)));
        for (var scope : List.of("watchNamespaces: [\"%s\", shop]".formatted(name), "clusterWide: true", "")) {
            var values = Files.writeString(folder.resolve("values.yaml"), """
                nameOverride: "%1$s"
                fullnameOverride: "%1$s"
                replicas: 2
                priorityClassName: "%1$s"
                crds: {install: false}
                operator: {workerCaSecret: "%1$s"}
                networkPolicy: {enabled: true}
                metrics: {serviceMonitor: {enabled: true}}
                %2$s
                """.formatted(name, scope));

            var text = Chart.text(name, name, values);

            assertThat(bare.matcher(text).results().map(MatchResult::group)).isEmpty();
            assertThat(text)
                    .contains(
                            "namespace: \"%s\"".formatted(name), "app.kubernetes.io/instance: \"%s\"".formatted(name));
        }
    }

    @Test
    void clusterWideIsAChoice() {
        var objects = Chart.render(Map.of("clusterWide", "true"));

        assertThat(Chart.find(objects, ClusterRole.class, "tasks:jtask").getRules())
                .isNotEmpty();
        assertThat(Chart.find(objects, ClusterRoleBinding.class, "tasks:jtask").getSubjects())
                .singleElement()
                .returns(Chart.NAMESPACE, subject -> subject.getNamespace());
        assertThat(environment(objects)).doesNotContainKey("JTASK_OPERATOR_NAMESPACES");
        assertThatThrownBy(() -> Chart.render(Map.of("clusterWide", "true", "watchNamespaces[0]", "shop")))
                .hasMessageContaining("remove watchNamespaces, or set clusterWide to false");
    }

    @Test
    void noRuleHasAWildcardAndSecretsAreReadByNameOnly() {
        for (var values : List.of(Map.<String, String>of(), Map.of("clusterWide", "true"))) {
            var rules = Rules.of(Chart.render(values));

            assertThat(rules).isNotEmpty().noneMatch(verb -> verb.contains("*"));
            assertThat(rules).filteredOn(verb -> verb.contains("secrets")).containsExactly("get secrets");
        }
    }

    @Test
    void theChartGrantsWhatTheOperatorDoesAndNothingElse() throws IOException {
        var used = Files.readAllLines(Path.of("../operator/api-verbs.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replace(" seldom", ""))
                .toList();

        assertThat(Rules.of(Chart.render(Map.of()))).containsExactlyInAnyOrderElementsOf(used);
        assertThat(Rules.of(Chart.render(Map.of("clusterWide", "true")))).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void theOperatorMeetsTheRestrictedPodSecurityStandard() {
        var pod = deployment(Chart.render(Map.of())).getSpec().getTemplate().getSpec();
        var container = pod.getContainers().getFirst().getSecurityContext();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    void onlyTheOperatorsPodGetsItsToken() {
        var objects = Chart.render(Map.of());

        assertThat(Chart.find(objects, ServiceAccount.class, "jtask").getAutomountServiceAccountToken())
                .isFalse();
        assertThat(deployment(objects).getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                .isTrue();
    }

    @Test
    void networkPoliciesLetInTheOperatorAndWhoReadsMetrics() {
        assertThat(Chart.find(Chart.render(Map.of()), NetworkPolicy.class)).isEmpty();
        var closed = Chart.render(Map.of("networkPolicy.enabled", "true", "watchNamespaces[0]", "shop"));
        assertThat(Chart.find(closed, NetworkPolicy.class, "jtask").getSpec().getIngress())
                .isEmpty();
        var workers = Chart.find(closed, NetworkPolicy.class, "jtask-workers");
        assertThat(workers.getSpec().getIngress().getFirst().getPorts())
                .extracting(port -> port.getPort().getStrVal())
                .containsExactly("http", "metrics");
        assertThat(workers.getMetadata().getNamespace()).isEqualTo("shop");
        assertThat(workers.getSpec().getIngress())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getFrom())
                        .singleElement()
                        .satisfies(peer -> assertThat(peer.getPodSelector().getMatchLabels())
                                .isEqualTo(deployment(closed)
                                        .getSpec()
                                        .getSelector()
                                        .getMatchLabels())));

        var open = Chart.render(Map.of(
                "networkPolicy.enabled", "true",
                "networkPolicy.metricsFrom[0].podSelector.matchLabels.app", "prometheus"));
        assertThat(Chart.find(open, NetworkPolicy.class))
                .hasSize(2)
                .allSatisfy(policy -> assertThat(
                                policy.getSpec().getIngress().getFirst().getFrom())
                        .anySatisfy(peer -> assertThat(peer.getPodSelector().getMatchLabels())
                                .containsEntry("app", "prometheus")));
    }

    @Test
    void whoVouchesForWorkersIsMountedAndTold() {
        assertThat(environment(Chart.render(Map.of()))).doesNotContainKey("JTASK_OPERATOR_WORKER_CA");

        var objects = Chart.render(Map.of("operator.workerCaSecret", "worker-ca"));
        assertThat(environment(objects)).containsEntry("JTASK_OPERATOR_WORKER_CA", "/etc/jtask/worker-ca/ca.crt");
        var pod = deployment(objects).getSpec().getTemplate().getSpec();
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getName()).isEqualTo("worker-ca");
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("worker-ca");
                    assertThat(volume.getSecret().getItems())
                            .singleElement()
                            .returns("ca.crt", item -> item.getKey())
                            .returns("ca.crt", item -> item.getPath());
                });
        assertThat(pod.getContainers().getFirst().getVolumeMounts()).anySatisfy(mount -> {
            assertThat(mount.getName()).isEqualTo("worker-ca");
            assertThat(mount.getMountPath()).isEqualTo("/etc/jtask/worker-ca");
            assertThat(mount.getReadOnly()).isTrue();
        });
    }

    @Test
    void hostsOfBrokersAreHandedOn() {
        assertThat(environment(Chart.render(Map.of()))).doesNotContainKey("JTASK_OPERATOR_BROKER_HOSTS");
        assertThat(environment(Chart.render(Map.of(
                        "operator.brokerHosts[0]", "rabbitmq.shop.svc",
                        "operator.brokerHosts[1]", "*.mq.example.com"))))
                .containsEntry("JTASK_OPERATOR_BROKER_HOSTS", "rabbitmq.shop.svc,*.mq.example.com");
    }

    @Test
    void severalOperatorsAreNotEvictedAtOnce() {
        assertThat(Chart.find(Chart.render(Map.of()), PodDisruptionBudget.class))
                .isEmpty();
        assertThat(Chart.find(Chart.render(Map.of("replicas", "2")), PodDisruptionBudget.class, "jtask")
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
    }

    @Test
    void twoOperatorsNeverWorkAtOnce() {
        var environment = environment(Chart.render(Map.of("replicas", "2")));

        assertThat(environment)
                .containsEntry("JTASK_OPERATOR_LEADER_ELECTION_ENABLED", "true")
                .containsEntry("JTASK_OPERATOR_LEADER_ELECTION_LEASE_NAMESPACE", Chart.NAMESPACE);
    }

    @Test
    void theCrdsAreThoseOfTheCodeAndOutliveTheRelease() throws IOException {
        assertThat(Path.of("jtask/files/crds/" + CRD + ".yaml"))
                .as("make crds copies it")
                .hasSameTextualContentAs(Path.of("../crds/" + CRD + ".yaml"));
        var rendered = Chart.find(Chart.render(Map.of()), CustomResourceDefinition.class, CRD);
        assertThat(rendered.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        assertThat(Chart.find(Chart.render(Map.of("crds.install", "false")), CustomResourceDefinition.class))
                .isEmpty();

        var unkept = Chart.helm()
                .template()
                .withName("jtask")
                .withKubeVersion("v1.36.0")
                .set("crds.keep", "false")
                .call();
        assertThat(unkept)
                .contains(Files.readString(Path.of("../crds/" + CRD + ".yaml")).strip());
    }

    @Test
    void nothingButTheCrdsTheAggregatedRolesAndLettingPoolsGoIsClusterWideByDefault() {
        var clusterWide = Chart.render(Map.of()).stream()
                .filter(object -> object.getMetadata().getNamespace() == null)
                .map(object -> object.getKind() + " " + object.getMetadata().getName());

        assertThat(clusterWide)
                .containsExactlyInAnyOrder(
                        "CustomResourceDefinition " + CRD,
                        "ClusterRole tasks:jtask-view",
                        "ClusterRole tasks:jtask-edit",
                        "ClusterRole " + LET_GO,
                        "ClusterRoleBinding " + LET_GO);
    }

    @Test
    void onlyWhoMayEditANamespaceMayWritePools() {
        for (var role : Chart.find(Chart.render(Map.of()), ClusterRole.class)) {
            var writes = role.getRules().stream()
                    .flatMap(rule -> rule.getVerbs().stream())
                    .anyMatch(verb -> !List.of("get", "list", "watch").contains(verb));
            var view = "rbac.authorization.k8s.io/aggregate-to-view";
            assertThat(role.getMetadata().getLabels().containsKey(view))
                    .as(role.getMetadata().getName())
                    .isEqualTo(!writes);
        }
    }

    @Test
    void aDigestWinsOverTheTag() {
        var digest = "sha256:" + "a".repeat(64);

        assertThat(container(Chart.render(Map.of("image.tag", "v9"))).getImage())
                .isEqualTo("jtask-operator:v9");
        assertThat(container(Chart.render(Map.of("image.tag", "v9", "image.digest", digest)))
                        .getImage())
                .isEqualTo("jtask-operator@" + digest);
    }

    @Test
    void anExistingServiceAccountIsUsed() {
        var objects = Chart.render(Map.of("serviceAccount.create", "false", "serviceAccount.name", "mine"));

        assertThat(Chart.find(objects, ServiceAccount.class)).isEmpty();
        assertThat(deployment(objects).getSpec().getTemplate().getSpec().getServiceAccountName())
                .isEqualTo("mine");
    }

    @Test
    void withEverythingSwitchedOnItStillRenders() {
        var objects = Chart.render(Map.of(
                "metrics.serviceMonitor.enabled", "true",
                "metrics.serviceMonitor.labels.team", "a",
                "podLabels.team", "a",
                "podAnnotations.note", "b",
                "nodeSelector.disk", "fast",
                "priorityClassName", "high",
                "imagePullSecrets[0].name", "registry",
                "extraEnv[0].name", "JAVA_TOOL_OPTIONS",
                "extraEnv[0].value", "-Xmx128m"));

        assertThat(objects).extracting(HasMetadata::getKind).contains("ServiceMonitor", "Service");
        assertThat(environment(objects)).containsEntry("JAVA_TOOL_OPTIONS", "-Xmx128m");
    }

    @Test
    void noServiceOfItsNamespaceIsTakenForAVariable() {
        assertThat(deployment(Chart.render(Map.of()))
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getEnableServiceLinks())
                .isFalse();
    }

    private static Deployment deployment(List<HasMetadata> objects) {
        return Chart.find(objects, Deployment.class, "jtask");
    }

    private static Container container(List<HasMetadata> objects) {
        return deployment(objects)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static Map<String, String> environment(List<HasMetadata> objects) {
        return container(objects).getEnv().stream()
                .filter(env -> env.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }
}
