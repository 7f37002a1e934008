package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.secret.MetricsTokens;
import dev.jtask.operator.workload.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An operator with credentials that can be told from everything else, in all that it shows: log, metrics, statuses,
/// events, Deployments, threads and processes. In what people of a namespace see, the user's name is none of theirs
/// either.
@QuarkusTest
@WithTestResource(Systems.class)
class CanaryIT {

    private static final String CANARY = "C4nary";
    private static final String PASSWORD = CANARY + "^:/?#[]@!$&'()*+,;=%\"<>\\|{}` ü";
    private static final String TOKEN = PASSWORD.replace(" ü", "");
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\n" + CANARY + "\n-----END PRIVATE KEY-----\n";
    private static final String USER = "b1rd";
    private static final String POOL = """
        queues: [{name: NAME, declare: {}}]
        scaling: {maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
        """;

    private final LogTexts log = new LogTexts();
    private final Set<String> pools = new HashSet<>();

    @SuppressWarnings("NullAway.Init") // by Systems
    World world;

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void leave() {
        Logger.getLogger("").removeHandler(log);
        pools.forEach(world::delete);
    }

    @Test
    void anOperatorThatWorksShowsNone() {
        var user = "{\"password\": %s, \"tags\": \"management\"}".formatted(TextNode.valueOf(PASSWORD));
        // its connection may be an old one, which the broker has closed
        await().atMost(World.PATIENCE).ignoreExceptions().until(() -> {
            world.broker().view().send("PUT", "/api/users/" + USER, user);
            return true;
        });
        world.broker().users().permit(USER, ".*", ".*", ".*");
        apply("canary", Map.of("uri", uri(PASSWORD), "managementUri", management(PASSWORD)));
        world.awaitCondition("canary", Conditions.BROKER_REACHABLE, "Answering");
        await().atMost(World.PATIENCE).until(() -> world.broker().view().exists("canary"));
        world.send("canary", 25);
        await().atMost(World.PATIENCE).until(() -> world.replicas("canary") == 3);
        showsNone();

        world.broker().users().forbid(USER);
        world.awaitCondition("canary", Conditions.BROKER_REACHABLE, "PermissionDenied");
        showsNone();

        world.broker().users().delete(USER);
        world.awaitCondition("canary", Conditions.BROKER_REACHABLE, "CredentialsRejected");
        showsNone();
    }

    @Test
    void anOperatorThatIsNotLetInOrCannotReadShowsNone() {
        var wrong = PASSWORD + "wrong";
        var secrets = new LinkedHashMap<String, Map<String, String>>();
        secrets.put("c-refused", Map.of("uri", uri(wrong), "managementUri", management(wrong)));
        secrets.put("c-parts", Map.of("host", "127.0.0.1", "port", "1", "username", USER, "password", PASSWORD));
        secrets.put("c-key", Map.of("uri", amqps("127.0.0.1:1"), "tls.crt", KEY, "tls.key", KEY, "ca.crt", KEY));
        secrets.put("c-plain", Map.of("uri", uri(PASSWORD), "ca.crt", KEY));
        secrets.put("c-down", Map.of("uri", uri(PASSWORD), "managementUri", http("127.0.0.1:1")));
        secrets.put("c-other", Map.of(USER, PASSWORD, "token", CANARY));
        secrets.put(
                "c-oauth",
                Map.of(
                        "uri",
                        world.broker().amqpUri().replace("guest:guest@", ""),
                        "oauthTokenUri",
                        "http://127.0.0.1:1/token?x=" + CANARY,
                        "oauthClientId",
                        USER,
                        "oauthClientSecret",
                        PASSWORD));
        int number = 0;
        for (var raw : List.of(
                "amqp://" + USER + ":" + PASSWORD + "@h:port/x",
                "amqp://" + USER + ":" + PASSWORD,
                PASSWORD,
                "amqp://" + USER + ":" + PASSWORD + "@[::1",
                "amqp://h/v?x=" + CANARY,
                "amqp://" + USER + ":%zz" + CANARY + "@h")) {
            secrets.put("c-uri-" + number, Map.of("uri", raw));
            secrets.put("c-management-" + number, Map.of("uri", world.broker().amqpUri(), "managementUri", raw));
            number++;
        }
        secrets.forEach(this::apply);

        secrets.keySet()
                .forEach(name -> await(name)
                        .atMost(World.PATIENCE)
                        .until(
                                () -> world.condition(name, Conditions.BROKER_REACHABLE),
                                World.is(seen -> seen.getStatus().equals("False"))));
        showsNone();
    }

    /// Of pods that ask for a token: one that the operator has, and one that is none.
    @Test
    void anOperatorThatShowsATokenShowsItToPodsAlone() throws IOException {
        var given = new CopyOnWriteArrayList<String>();
        var worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/metrics", exchange -> {
            given.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        worker.start();
        for (var each : Map.of("c-token", TOKEN, "c-illegal", PASSWORD).entrySet()) {
            var name = each.getKey();
            secret(name + "-metrics", Map.of(MetricsTokens.KEY, each.getValue()));
            world.secret(name, world.broker().amqpUri(), world.broker().managementUri());
            pools.add(name);
            world.apply(name, POOL + "metrics: {tokenSecretRef: {name: NAME-metrics}}\n");
        }
        var pod = pod("c-token", worker.getAddress().getPort());
        try {
            await().atMost(World.PATIENCE).until(() -> given.contains("Bearer " + TOKEN));
            await().atMost(World.PATIENCE)
                    .until(() -> log.texts().stream()
                            .anyMatch(line -> line.contains("it does not take the operator's token")));
            await().atMost(World.PATIENCE)
                    .until(() -> log.texts().stream().anyMatch(line -> line.contains("has no token of visible ASCII")));
            showsNone();
        } finally {
            world.kubernetes().resource(pod).delete();
            worker.stop(0);
        }
    }

    private void showsNone() {
        assertThat(log.texts()).isNotEmpty();
        assertThat(Shown.besideIt(log)).noneMatch(text -> text.contains(CANARY));
        assertThat(Shown.toOthers(world))
                .anyMatch(text -> text.contains("jtask_broker_probe"))
                .noneMatch(text -> text.contains(CANARY) || text.contains(USER));
    }

    private Pod pod(String pool, int port) {
        var pod = Pods.showing(Map.of(
                        "JTASK_METRICS_PORT",
                        Integer.toString(port),
                        "JTASK_METRICS_TOKEN_FILE",
                        "/etc/jtask/metrics/metricsToken"))
                .edit()
                .editMetadata()
                .withName(pool + "-1")
                .withNamespace("default")
                .withLabels(Labels.all(Pools.named(pool, Pools.pool("queues: [{name: orders}]"))))
                .endMetadata()
                .editSpec()
                .addNewVolume()
                .withName(MetricsTokens.VOLUME)
                .withNewSecret()
                .withSecretName(pool + "-metrics")
                .endSecret()
                .endVolume()
                .endSpec()
                .editStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        world.kubernetes().resource(pod).create();
        world.kubernetes().resource(pod).updateStatus();
        return pod;
    }

    private void apply(String name, Map<String, String> values) {
        secret(name, values);
        pools.add(name);
        world.apply(name, POOL);
    }

    private void secret(String name, Map<String, String> values) {
        world.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withStringData(values)
                        .build())
                .fieldManager("tester")
                .forceConflicts()
                .serverSideApply();
    }

    private String uri(String password) {
        return world.broker().amqpUri().replace("guest:guest", USER + ":" + encoded(password));
    }

    private String management(String password) {
        return world.broker().managementUri().replace("guest:guest", USER + ":" + encoded(password));
    }

    private static String amqps(String address) {
        return "amqps://%s:%s@%s".formatted(USER, encoded(PASSWORD), address);
    }

    private static String http(String address) {
        return "http://%s:%s@%s".formatted(USER, encoded(PASSWORD), address);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
