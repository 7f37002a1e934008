package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Test;

/// The operator as its build left it, of `make native` the executable: what reflection does there, no other test sees.
/// Only the profile `native` of the operator's POM runs it.
@QuarkusIntegrationTest
@WithTestResource(Systems.class)
class ExecutableE2E {

    @SuppressWarnings("NullAway.Init") // by Systems
    World world;

    @Test
    void servesAPoolFromItsQueuesWithArgumentsToItsEnd() {
        world.pool("whole", """
            queues:
              - {name: NAME, declare: {type: quorum, deadLetter: true}}
              - {name: NAME-empty, declare: {type: classic}, deletionPolicy: Delete}
            concurrency: 2
            scaling: {maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
            """);
        world.awaitCondition("whole", Conditions.QUEUES_READY, "AllExist");
        world.awaitCondition("whole", Conditions.READY, "ScaledToZero");
        // declared without its arguments there would be no such queue
        assertThat(world.broker().view().exists("whole.dead")).isTrue();

        world.send("whole", 25);
        await().atMost(World.PATIENCE).until(() -> world.replicas("whole") == 3);
        world.awaitEvents("whole", "QueueDeclared", "ScaledUp");

        world.purge("whole");
        await().atMost(World.PATIENCE).until(() -> world.replicas("whole") == 0);

        world.delete("whole");
        await().atMost(World.PATIENCE).until(() -> world.status("whole").isEmpty());
        assertThat(world.broker().view().exists("whole-empty")).isFalse();
        assertThat(world.broker().view().exists("whole")).isTrue();
        world.awaitEvents("whole", "QueueDeleted");
    }
}
