package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.local.kubernetes.api.ApiRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How the operator takes a Kubernetes API that fails: it tries without end, and holds nothing meanwhile.
@QuarkusTest
@WithTestResource(Systems.class)
class PatienceIT {

    private static final String POOL = "queues: [{name: NAME, declare: {type: classic}}]";

    /// A day of tries.
    private static final int TRIES = 3_000;

    /// Less than the longest silence, by which it would be written as well.
    private static final Duration SOON = Duration.ofSeconds(45);

    @SuppressWarnings("NullAway.Init") // by Systems
    World world;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    Operator operator;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    KubernetesClient client;

    @AfterEach
    void answerAgain() {
        world.api().failing(request -> false);
    }

    /// The client's own ten tries took 27 s, and a thread for as long.
    @Test
    void theClientTriesNothingAgainByItself() {
        assertThat(client.getConfiguration().getRequestRetryBackoffLimit()).isZero();
        world.api().failing(request -> isApply(request, "refused"));

        world.pool("refused", POOL);

        world.awaitCondition("refused", Conditions.READY, "ReconcileFailed");
        await("two more tries of the pool's own").atMost(World.PATIENCE).until(() -> applies("refused") >= 3);
        // what finds words for a refusal comes between an apply and its next try, whoever makes that
        assertThat(writesOfDeployments("refused")).doesNotContainSequence("PATCH", "PATCH");
    }

    private long applies(String deployment) {
        return writesOfDeployments(deployment).stream().filter("PATCH"::equals).count();
    }

    /// Applies of one Deployment, and dry runs of any: these do not show its name.
    private List<String> writesOfDeployments(String name) {
        return world.api().requests().stream()
                .filter(request -> request.path().contains("/deployments"))
                .filter(request -> request.method().equals("POST") || isApply(request, name))
                .map(ApiRequest::method)
                .toList();
    }

    private static boolean isApply(ApiRequest request, String deployment) {
        return request.method().equals("PATCH") && request.path().contains("/deployments/" + deployment);
    }

    @Test
    void noPoolIsEverGivenUp() {
        var controller = controller();

        assertThat(controller.maxReconciliationInterval()).contains(Duration.ofMinutes(1));
        assertThat(controller.triggerReconcilerOnAllEvents()).isTrue();
        var tries = controller.getRetry().initExecution();
        for (int tried = 0; tried < TRIES; tried++) {
            assertThat(tries.nextDelay())
                    .as("try %d", tried)
                    .hasValueSatisfying(delay -> assertThat(delay).isBetween(1L, 30_000L));
            assertThat(tries.isLastAttempt()).isFalse();
        }
    }

    /// Of a pool that nothing wakes: it has no Secret, so nobody looks at its broker.
    @Test
    void aStatusThatCouldNotBeWrittenIsWrittenSoon() {
        var refused = new AtomicInteger();
        world.api()
                .failing(request -> request.method().equals("PATCH")
                        && request.path().contains("/taskworkerpools/unwritten/status")
                        && refused.incrementAndGet() <= 2);

        world.apply("unwritten", POOL);

        await("the status of its third try")
                .atMost(SOON)
                .until(() -> world.status("unwritten").isPresent());
        assertThat(refused).hasValueGreaterThan(2);
        assertThat(world.condition("unwritten", Conditions.READY)).get().returns("SecretMissing", c -> c.getReason());
    }

    private ControllerConfiguration<?> controller() {
        return operator.getRegisteredController("taskworkerpool").orElseThrow().getConfiguration();
    }
}
