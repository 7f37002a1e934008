package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// What a pool says and does when its broker, its Secret or its queues are not as they should be: it names the fix,
/// keeps its size and goes on by itself once things are put right.
@QuarkusTest
@WithTestResource(Systems.class)
class BrokerTroubleIT {

    private static final String DECLARED = """
        queues: [{name: NAME, declare: {}}]
        scaling: {maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
        """;

    @SuppressWarnings("NullAway.Init") // by Systems
    World world;

    @Test
    void aMissingSecretIsNamedAndFoundWhenItIsCreated() {
        world.apply("secretless", DECLARED);

        var condition = world.awaitCondition("secretless", Conditions.BROKER_REACHABLE, "SecretMissing");
        assertThat(condition.getMessage()).contains("Secret secretless", "default", "create it with the key uri");
        assertThat(world.condition("secretless", Conditions.READY)).get().returns("False", c -> c.getStatus());

        world.secret("secretless", world.broker().amqpUri(), world.broker().managementUri());
        world.awaitCondition("secretless", Conditions.READY, "ScaledToZero");
    }

    @Test
    void aSecretWithoutAUsableUriIsExplainedWithoutShowingIt() {
        world.secret("garbled", "http://user:hunter2@host", world.broker().managementUri());
        world.apply("garbled", DECLARED);

        var condition = world.awaitCondition("garbled", Conditions.BROKER_REACHABLE, "SecretInvalid");
        assertThat(condition.getMessage())
                .contains("Secret garbled", "amqp://user:password@host:5672/vhost")
                .doesNotContain("hunter2");
    }

    @Test
    void aRejectedPasswordIsToldApartFromABrokerThatIsDown() {
        var wrong = world.broker().amqpUri().replace("guest:guest", "guest:hunter2");
        // without a login of its own it takes the one of the uri
        var management = world.broker().managementUri().replaceFirst("//[^@]*@", "//");
        world.secret("rejected", wrong, management);
        world.apply("rejected", DECLARED);
        var condition = world.awaitCondition("rejected", Conditions.BROKER_REACHABLE, "CredentialsRejected");
        assertThat(condition.getMessage())
                .contains("the Secret's user", "correct the password")
                .doesNotContain("hunter2", "guest");

        world.secret("rejected", world.broker().amqpUri(), world.broker().managementUri());
        world.awaitCondition("rejected", Conditions.QUEUES_READY, "AllExist");
    }

    @Test
    void aPoolWhoseBrokerStopsAnsweringHoldsItsSize() {
        world.pool("cutoff", DECLARED);
        await().atMost(World.PATIENCE).until(() -> world.broker().view().exists("cutoff"));
        world.send("cutoff", 25);
        await().atMost(World.PATIENCE).until(() -> world.replicas("cutoff") == 3);

        // nothing listens at these; another port than the others have, for one management API is one broker
        world.secret("cutoff", "amqp://guest:guest@127.0.0.1:2", "http://127.0.0.1:2");

        var condition = world.awaitCondition("cutoff", Conditions.BROKER_REACHABLE, "BrokerUnreachable");
        assertThat(condition.getMessage()).contains("http://127.0.0.1:2", "management plugin");
        world.awaitCondition("cutoff", Conditions.SCALING_ACTIVE, "Blind");
        assertThat(world.replicas("cutoff")).isEqualTo(3);
        assertThat(world.status("cutoff").orElseThrow().backlog()).isNull();
        world.awaitEvents("cutoff", "BrokerUnreachable");

        world.secret("cutoff", world.broker().amqpUri(), world.broker().managementUri());
        world.awaitCondition("cutoff", Conditions.SCALING_ACTIVE, "Deciding");
        world.awaitEvents("cutoff", "BrokerRecovered");
    }

    @Test
    void aPoolWhoseManagementApiStopsAnsweringGoesOnByCount() {
        world.pool("counted", DECLARED);
        await().atMost(World.PATIENCE).until(() -> world.broker().view().exists("counted"));

        world.secret("counted", world.broker().amqpUri(), "http://127.0.0.1:1");
        world.awaitCondition("counted", Conditions.SCALING_ACTIVE, "CountOnly");
        world.send("counted", 25);

        await().atMost(World.PATIENCE).until(() -> world.replicas("counted") == 3);
    }

    @Test
    void aBrokerThatIsUnreachableCanHaveAFixedNumberOfReplicas() {
        world.secret("fallback", world.broker().amqpUri(), "http://127.0.0.1:1");
        world.apply("fallback", """
            queues: [{name: NAME}]
            scaling: {whenBlind: {mode: Replicas, replicas: 2}}
            """);

        await().atMost(World.PATIENCE).until(() -> world.replicas("fallback") == 2);
    }

    @Test
    void aQueueThatDoesNotExistIsNotAnEmptyOne() {
        world.pool("queueless", DECLARED.replace(", declare: {}", ""));

        var condition = world.awaitCondition("queueless", Conditions.QUEUES_READY, "QueueMissing");
        assertThat(condition.getMessage()).contains("queue queueless does not exist", "add declare: {}");
        assertThat(world.status("queueless").orElseThrow().backlog()).isNull();

        world.onChannel(channel -> channel.queueDeclare("queueless", true, false, false, null));
        world.awaitCondition("queueless", Conditions.QUEUES_READY, "AllExist");
    }

    @Test
    void aVhostThatDoesNotExistIsNamed() {
        world.secret(
                "nowhere", world.broker().amqpUri() + "/nowhere", world.broker().managementUri());
        world.apply("nowhere", DECLARED);

        var ready = await().atMost(World.PATIENCE)
                .until(
                        () -> world.condition("nowhere", Conditions.BROKER_REACHABLE),
                        World.is(found -> found.getStatus().equals("False")))
                .orElseThrow();
        assertThat(ready.getMessage()).contains("vhost nowhere");
    }

    @Test
    void aTemplateThatIsNoneIsRefusedWithTheField() {
        world.pool("misshapen", DECLARED + "template: {spec: {containers: {name: worker}}}\n");

        var condition = world.awaitCondition("misshapen", Conditions.READY, "TemplateInvalid");
        assertThat(condition.getMessage()).contains("spec.template");
        assertThat(world.deployment("misshapen")).isEmpty();
    }
}
