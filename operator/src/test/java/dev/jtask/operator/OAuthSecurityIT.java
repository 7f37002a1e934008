package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.TokenServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that takes tokens of OAuth 2, by AMQP and management API alike: the operator logs in as the Secret's
/// client, goes on through the ends of its tokens, and says what is wrong when it gets none.
@QuarkusTest
@WithTestResource(Systems.class)
@SuppressWarnings("NullAway.Init") // by Systems and JUnit
class OAuthSecurityIT {

    private static final Duration LIFE = Duration.ofSeconds(8);
    private static final String SCOPES = TokenServer.SCOPES + " rabbitmq.tag:management";
    private static final String POOL = """
        queues: [{name: NAME, declare: {type: classic}}]
        scaling: {maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
        """;

    @TempDir
    static Path folder;

    private static TokenServer tokens;
    private static RabbitMqNode node;

    private final LogTexts log = new LogTexts();

    World world;

    @BeforeAll
    static void start() throws IOException {
        tokens = TokenServer.start();
        var key = tokens.publicKey(folder.resolve("issuer.pem"));
        node = RabbitMqNode.start(
                folder.resolve("node"),
                List.of("rabbitmq_auth_backend_oauth2"),
                recipe().replace("/etc/rabbitmq/issuer.pem", key.toString()),
                "collect_statistics_interval = 1000");
    }

    @AfterAll
    static void stop() {
        node.close();
        tokens.close();
    }

    @BeforeEach
    void listen() {
        tokens.life(LIFE);
        tokens.audience(TokenServer.AUDIENCE);
        tokens.scopes(SCOPES);
        tokens.down(false);
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void leave() {
        Logger.getLogger("").removeHandler(log);
        assertThat(Shown.besideIt(log)).noneMatch(OAuthSecurityIT::isSecret);
        assertThat(Shown.toOthers(world)).noneMatch(OAuthSecurityIT::isSecret);
        world.delete("tokens");
    }

    @Test
    void aPoolIsSizedByItsSecretsTokenThroughTheEndsOfIt() {
        secret(TokenServer.SECRET);
        world.apply("tokens", POOL);
        world.awaitCondition("tokens", Conditions.BROKER_REACHABLE, "Answering");
        await().atMost(World.PATIENCE).until(() -> node.view().exists("tokens"));
        send(25);
        await("sized").atMost(World.PATIENCE.multipliedBy(2)).until(() -> world.replicas("tokens") == 3);
        await("it counts by AMQP").atMost(World.PATIENCE).until(() -> lines() == 1);

        int before = tokens.issued();
        await("several lives").atMost(World.PATIENCE).until(() -> tokens.issued() >= before + 4);
        send(10);
        await().atMost(World.PATIENCE).until(() -> world.replicas("tokens") == 4);
        assertThat(world.condition("tokens", Conditions.BROKER_REACHABLE))
                .hasValueSatisfying(seen -> assertThat(seen.getReason()).isEqualTo("Answering"));
        assertThat(lines()).as("the line goes on with new tokens").isEqualTo(1);
        assertThat(log.texts()).noneMatch(line -> line.contains("cannot be counted by AMQP"));
    }

    @Test
    void whatIsWrongWithTokensIsToldAndOvercome() {
        secret("C4nary, but another");
        world.apply("tokens", POOL);
        var none = world.awaitCondition("tokens", Conditions.BROKER_REACHABLE, "CredentialsRejected");
        assertThat(none.getMessage()).contains("no token", "oauthClientSecret").doesNotContain("401", "C4nary");
        await().atMost(World.PATIENCE)
                .until(() -> log.texts().stream().anyMatch(line -> line.contains("it answers 401 invalid_client")));

        tokens.scopes(TokenServer.SCOPES);
        secret(TokenServer.SECRET);
        await().atMost(World.PATIENCE)
                .until(
                        () -> world.condition("tokens", Conditions.BROKER_REACHABLE),
                        World.is(seen -> seen.getMessage().contains("tag:management")));

        tokens.scopes(SCOPES);
        world.awaitCondition("tokens", Conditions.BROKER_REACHABLE, "Answering");
    }

    /// A token begins as the JSON of its header does in base64.
    private static boolean isSecret(String text) {
        return text.contains("C4nary") || text.contains("eyJ");
    }

    private static long lines() {
        return node.shell()
                .connections("client_properties")
                .lines()
                .filter(line -> line.contains("jtask-operator"))
                .count();
    }

    private void secret(String clientSecret) {
        world.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("tokens")
                        .withNamespace("default")
                        .endMetadata()
                        .addToStringData("uri", node.amqpUri().replace("guest:guest@", ""))
                        .addToStringData("managementUri", node.managementUri().replace("guest:guest@", ""))
                        .addToStringData("oauthTokenUri", tokens.uri())
                        .addToStringData("oauthClientId", TokenServer.CLIENT)
                        .addToStringData("oauthClientSecret", clientSecret)
                        .build())
                .fieldManager("tester")
                .forceConflicts()
                .serverSideApply();
    }

    private void send(int messages) {
        new World(world.kubernetes(), world.api(), node).send("tokens", messages);
    }

    /// The lines for the broker.
    private static String recipe() throws IOException {
        return Pattern.compile("(?ms)^```ini\\n(.*?)^```$")
                .matcher(Files.readString(Path.of("../docs/security.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("auth_oauth2"))
                .findFirst()
                .orElseThrow();
    }
}
