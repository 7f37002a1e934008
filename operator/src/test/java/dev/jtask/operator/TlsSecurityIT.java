package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.testing.Authority;
import dev.jtask.testing.IssuedCertificates;
import dev.jtask.testing.OldTlsServer;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.process.FreePorts;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operator's side of the recipes of docs/security.md for cert-manager: a broker that has the Secret of the recipe,
/// and wants a certificate at its management API as well, and an operator that has another. All of it is exchanged
/// while the operator runs: it goes on with the Secret's new files, and the old ones are worth nothing.
@QuarkusTest
@WithTestResource(Systems.class)
@SuppressWarnings("NullAway.Init") // by Systems and JUnit
class TlsSecurityIT {

    private static final String CLIENT = "rabbitmq";
    private static final String SERVER = "rabbitmq-server";
    private static final String DECLARED = """
        queues: [{name: NAME, declare: {}}]
        scaling: {maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
        """;

    @TempDir
    static Path folder;

    private static TlsRecipes recipes;
    private static IssuedCertificates first;
    private static IssuedCertificates second;
    private static Path mounted;
    private static RabbitMqNode node;

    World world;

    @BeforeAll
    static void start() throws IOException {
        var ports = FreePorts.take(2);
        recipes = new TlsRecipes(ports.getFirst(), ports.getLast());
        first = new IssuedCertificates(Files.createDirectory(folder.resolve("first")), recipes.manifests());
        second = new IssuedCertificates(Files.createDirectory(folder.resolve("second")), recipes.manifests());
        mounted = Files.createDirectory(folder.resolve("tls"));
        write(mounted, first.secret(SERVER));
        node = RabbitMqNode.start(
                folder.resolve("node"),
                List.of("rabbitmq_auth_mechanism_ssl"),
                recipes.broker(mounted),
                "management.ssl.verify = verify_peer",
                "management.ssl.fail_if_no_peer_cert = true",
                // of the tests' own connections
                "auth_mechanisms.2 = PLAIN");
        node.users().add("thumbnails", "unused");
        node.users().permit("thumbnails", ".*", ".*", ".*");
        node.users().add("operator", "change-me", "management");
        node.users().permit("operator", ".*", ".*", ".*");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void leave() {
        world.delete("rotated");
    }

    /// The broker starts anew in between: a running one keeps authorities for as long as anybody is connected.
    @Test
    void aRotationOfEverythingIsFollowedWithoutARestart() {
        apply(first.secret(CLIENT));
        world.apply("rotated", DECLARED);
        world.awaitCondition("rotated", Conditions.BROKER_REACHABLE, "Answering");
        send(25);
        await().atMost(World.PATIENCE).until(() -> world.replicas("rotated") == 3);
        var old = first.secret(CLIENT);
        try {
            brokerHas(second.secret(SERVER));
            node.restart();
            var condition = world.awaitCondition("rotated", Conditions.BROKER_REACHABLE, "BrokerUnreachable");
            assertThat(condition.getMessage())
                    .contains("https://localhost:" + recipes.https(), "the operator's log has the cause");
            assertThat(world.replicas("rotated")).isEqualTo(3);
            var revoked = new HashMap<>(old);
            revoked.put("ca.crt", ca(second));
            refused("revoked", revoked);

            apply(second.secret(CLIENT));
            world.awaitCondition("rotated", Conditions.BROKER_REACHABLE, "Answering");
            send(10);
            await().atMost(World.PATIENCE).until(() -> world.replicas("rotated") == 4);
        } finally {
            brokerHas(first.secret(SERVER));
            node.restart();
        }
    }

    @Test
    void onlyWhoHasAGoodCertificateIsLetIn() {
        var good = first.secret(CLIENT);
        assertThat(complaints(good)).containsOnly("");

        var none = new HashMap<>(good);
        none.keySet().removeAll(List.of("tls.crt", "tls.key"));
        refused("none", none);
        var stranger = new HashMap<>(second.secret(CLIENT));
        stranger.put("ca.crt", ca(first));
        refused("of another authority", stranger);
        refused("expired", first.expired(CLIENT));
    }

    @Test
    void onlyTheRightBrokerIsTalkedTo() {
        var good = first.secret(CLIENT);
        var without = new HashMap<>(good);
        without.remove("ca.crt");
        refused("no authority given", without).allMatch(why -> why.contains("certification path"));
        var other = new HashMap<>(good);
        other.put("ca.crt", ca(second));
        // of the same name, as after its renewal
        refused("another authority", other).allMatch(why -> why.contains("Signature does not match"));

        var byAddress = recipes.secret(good);
        byAddress.replaceAll((key, value) -> value.replace("localhost", "127.0.0.1"));
        assertThat(BrokerDoors.complaints(byAddress))
                .as("another name")
                .allMatch(why -> why.contains("No subject alternative names matching IP address 127.0.0.1"));

        try {
            brokerHas(first.expired(SERVER));
            refused("expired", good).allMatch(why -> why.contains("NotAfter"));
        } finally {
            brokerHas(first.secret(SERVER));
        }
    }

    @Test
    void aServerOfTls12IsTalkedToAndAnOlderOneIsNotWhateverTheJvmWasTold() throws Exception {
        var pair = new Authority.Pair(mounted.resolve("tls.crt"), mounted.resolve("tls.key"));
        try (var middle = OldTlsServer.start(Files.createDirectory(folder.resolve("middle")), pair, "tls1_2");
                var old = OldTlsServer.start(Files.createDirectory(folder.resolve("old")), pair, "tls1_1")) {
            assertThat(old.greeting()).contains("TLSv1.1");
            assertThat(BrokerDoors.complaints(at(middle.port())))
                    .as("it is no broker, which is found out by talking to it")
                    .noneMatch(why -> why.isEmpty() || why.contains("protocol_version"))
                    .last()
                    .asString()
                    .contains("its answer is not the JSON of a management API");
            assertThat(BrokerDoors.complaints(at(old.port())))
                    .hasSize(2)
                    .allMatch(why -> why.contains("protocol_version"));
            assertThat(inALaxJvm(at(old.port()))).hasSize(2).allMatch(why -> why.contains("protocol_version"));
        }
    }

    private static List<String> inALaxJvm(Map<String, String> secret) throws Exception {
        var files = Files.createDirectory(folder.resolve("lax"));
        write(files, secret);
        var properties = Files.writeString(folder.resolve("lax.properties"), "jdk.tls.disabledAlgorithms=NULL, anon\n");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.security.properties=" + properties,
                "-cp",
                System.getProperty("java.class.path"),
                BrokerDoors.class.getName()));
        secret.keySet().forEach(key -> command.add(files.resolve(key).toString()));
        var process = new ProcessBuilder(command)
                .redirectError(folder.resolve("lax.log").toFile())
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(said + Files.readString(folder.resolve("lax.log")))
                .isZero();
        return said.lines().toList();
    }

    private static Map<String, String> at(int port) {
        return new TlsRecipes(port, port).secret(first.secret(CLIENT));
    }

    private static ListAssert<String> refused(String as, Map<String, String> issued) {
        return assertThat(complaints(issued)).as(as).hasSize(2).doesNotContain("");
    }

    private static List<String> complaints(Map<String, String> issued) {
        return BrokerDoors.complaints(recipes.secret(issued));
    }

    private static String ca(IssuedCertificates of) {
        return of.secret(CLIENT).getOrDefault("ca.crt", "");
    }

    private static void brokerHas(Map<String, String> secret) {
        write(mounted, secret);
        node.shell().eval("ssl:clear_pem_cache()");
    }

    private static void write(Path folder, Map<String, String> secret) {
        secret.forEach((key, value) -> {
            try {
                Files.writeString(folder.resolve(key), value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void apply(Map<String, String> issued) {
        world.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("rotated")
                        .withNamespace("default")
                        .endMetadata()
                        .addToStringData(recipes.secret(issued))
                        .build())
                .fieldManager("tester")
                .forceConflicts()
                .serverSideApply();
    }

    private void send(int messages) {
        new World(world.kubernetes(), world.api(), node).send("rotated", messages);
    }
}
