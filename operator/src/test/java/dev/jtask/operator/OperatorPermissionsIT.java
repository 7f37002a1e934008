package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The operator's row of the permissions in docs/security.md is enough to declare and count a pool's queues, and for no
/// other queue.
@QuarkusTest
@WithTestResource(Systems.class)
class OperatorPermissionsIT {

    private static final String USER = "permitted";
    private static final String DECLARED = """
        queues: [{name: NAME, declare: {deadLetter: true}}]
        scaling: {maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
        """;

    @SuppressWarnings("NullAway.Init") // by Systems
    World world;

    @BeforeEach
    void enrol() throws IOException {
        world.broker().users().add(USER, USER, "management");
        var row = permissions();
        world.broker().users().permit(USER, row.get(0), row.get(1), row.get(2));
        for (var pool : List.of("permitted", "foreign")) {
            world.secret(pool, as(world.broker().amqpUri()), as(world.broker().managementUri()));
        }
    }

    @AfterEach
    void leave() {
        world.delete("permitted");
        world.delete("foreign");
        world.broker().users().delete(USER);
    }

    @Test
    void areEnoughForThePoolsQueuesAndForNoOthers() {
        world.apply("permitted", DECLARED);
        world.awaitCondition("permitted", Conditions.QUEUES_READY, "AllExist");
        assertThat(world.broker().view().exists("permitted.dead")).isTrue();
        world.send("permitted", 25);
        await().atMost(World.PATIENCE).until(() -> world.replicas("permitted") == 3);

        world.apply("foreign", DECLARED);
        await().atMost(World.PATIENCE)
                .until(
                        () -> world.condition("foreign", Conditions.QUEUES_READY),
                        World.is(seen -> seen.getMessage().contains("may not create queue foreign")));
        assertThat(world.broker().view().exists("foreign")).isFalse();
    }

    private String as(String uri) {
        return uri.replace("guest:guest", USER + ":" + USER);
    }

    private static List<String> permissions() throws IOException {
        var row = Files.readString(Path.of("../docs/security.md"))
                .lines()
                .filter(line -> line.startsWith("| the operator, with the tag"))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(row.split("(?<!\\\\)\\|", -1))
                .skip(2)
                .limit(3)
                .map(cell -> cell.replace("`", "").strip().replace("\\|", "|").replace("orders", "permitted"))
                .toList();
    }
}
