package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.secret.BrokerHosts;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.MetricsTokens;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.secret.Secrets;
import dev.jtask.operator.secret.ShortHosts;
import dev.jtask.operator.workload.DesiredDeployment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The recipes of docs/security.md for pools are what the operator reads.
class SecurityGuideTest {

    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    private final DesiredDeployment desired = new DesiredDeployment(Pools.YAML);

    @Test
    void metricsOverTlsHaveTheirPortAndFiles() throws IOException {
        var worker = worker(recipe("JTASK_METRICS_TLS_CERT"), FakeSecrets.USABLE.secret());

        assertThat(worker.getPorts())
                .extracting(port -> port.getName() + ":" + port.getContainerPort())
                .containsExactlyInAnyOrder("http:9000", "metrics:9443");
        var variables = worker.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        assertThat(variables).containsEntry("JTASK_METRICS_PORT", "9443");
        assertThat(worker.getVolumeMounts())
                .anySatisfy(mount ->
                        assertThat(variables.get("JTASK_METRICS_TLS_CERT")).startsWith(mount.getMountPath() + "/"))
                .anySatisfy(mount ->
                        assertThat(variables.get("JTASK_METRICS_TLS_KEY")).startsWith(mount.getMountPath() + "/"));
    }

    @Test
    void aTokenForMetricsIsReadByWorkersAndOperator() throws IOException {
        var secret = Pools.YAML.unmarshal(recipe("metricsToken:"), Secret.class);
        var name = secret.getMetadata().getName();
        var token = Objects.requireNonNull(secret.getStringData().get(MetricsTokens.KEY));
        var source = new FakeSecrets().put(name, MetricsTokens.KEY, token);
        var tokens = new MetricsTokens(source, Duration.ofSeconds(30), Clock.systemUTC());
        tokens.look("default", name);
        assertThat(tokens.known("default", name)).containsExactly("change-me");

        var pod = pod(recipe("tokenSecretRef"), FakeSecrets.USABLE.secret());
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().equals(MetricsTokens.VOLUME))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo(name));
        assertThat(pod.getContainers().getFirst().getEnv())
                .extracting(EnvVar::getName)
                .contains("JTASK_METRICS_TOKEN_FILE");
    }

    @Test
    void aSecretWithALoginByTokenIsForWorkersAndOperator() throws IOException {
        var secret = read(recipe("oauthTokenUri"));

        assertThat(secret.amqp().oauth()).isNotNull().isEqualTo(secret.access().oauth());
        assertThat(worker("spec: {}\n", secret).getEnv())
                .extracting(EnvVar::getName)
                .contains("JTASK_BROKER_URI", "JTASK_OAUTH_TOKEN_URI", "JTASK_OAUTH_CLIENT_SECRET_FILE");
    }

    /// Variables are those of docs/operating-a-worker.md, which a test compares with the worker's.
    @Test
    void whatTheChecklistNamesThereIs() throws IOException {
        var checklist = Files.readString(Path.of("../docs/security.md")).split("\n## Checklist\n", -1)[1];
        var known = Files.readString(Path.of("../docs/operating-a-worker.md"));
        assertThat(Pattern.compile("JTASK_[A-Z_]+").matcher(checklist).results().map(MatchResult::group))
                .hasSizeGreaterThan(2)
                .allMatch(variable -> known.contains("`" + variable + "`"));
        var chart = Files.readString(Path.of("../helm/jtask/values.yaml"));
        assertThat(checklist).contains("`operator.brokerHosts`", "`networkPolicy.enabled: true`");
        assertThat(chart).containsPattern("(?m)^ +brokerHosts:").containsPattern("(?m)^networkPolicy:\\n  enabled:");
        assertThat(checklist).contains("`metrics.tokenSecretRef`");
        assertThat(Pools.pool("metrics: {tokenSecretRef: {name: readers}}\nqueues: [{name: orders}]")
                        .getSpec())
                .isNotNull();
        assertThat(checklist).contains("`/opt/jtask/sbom.json`");
    }

    private Container worker(String recipe, BrokerSecret secret) {
        return pod(recipe, secret).getContainers().getFirst();
    }

    private PodSpec pod(String recipe, BrokerSecret secret) {
        var spec = recipe.replaceFirst("spec:.*\\n", "").stripTrailing().stripIndent();
        return desired.of(Pools.pool("queues: [{name: orders}]\n" + spec), secret)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static BrokerSecret read(String recipe) {
        var secret = Pools.YAML.unmarshal(recipe, Secret.class);
        // as the API server keeps it
        secret.setData(secret.getStringData().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey(),
                        entry -> Base64.getEncoder()
                                .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))));
        var secrets = new Secrets(
                (namespace, name) -> Optional.of(secret),
                BrokerHosts.ANY,
                ShortHosts.AS_THEY_ARE,
                Duration.ofSeconds(30),
                Clock.systemUTC());
        var reading = secrets.read("default", secret.getMetadata().getName());
        assertThat(reading).isInstanceOf(SecretReading.Usable.class);
        return ((SecretReading.Usable) reading).secret();
    }

    private static String recipe(String with) throws IOException {
        return YAML.matcher(Files.readString(Path.of("../docs/security.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(with))
                .findFirst()
                .orElseThrow();
    }
}
