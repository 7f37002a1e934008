package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How long the messages of a burst wait until their empty pool is given pods, with the operator's and the broker's own
/// intervals.
@QuarkusTest
@WithTestResource(
        value = Systems.class,
        initArgs = {@ResourceArg(name = "tick", value = "5s"), @ResourceArg(name = "statistics", value = "5000")})
class ActivationIT {

    private static final int POOLS = 24;

    @SuppressWarnings("NullAway.Init") // by Systems
    World world;

    @Test
    void anEmptyPoolIsGivenPodsWithinASecondOfABurst() {
        var names = new ArrayList<String>();
        for (int i = 0; i < POOLS; i++) {
            names.add("asleep-" + i);
            world.pool("asleep-" + i, """
                queues: [{name: NAME, declare: {type: %s}}]
                scaling: {maxReplicas: 4}
                """.formatted(i % 2 == 0 ? "quorum" : "classic"));
        }
        names.forEach(name -> await("a pool that sleeps: " + name)
                .atMost(Duration.ofMinutes(3))
                .until(
                        () -> world.status(name),
                        World.is(status -> Objects.equals(status.backlog(), 0L)
                                && status.scaling() != null
                                && status.scaling().reason().equals("Idle"))));
        var random = new SplittableRandom(1);

        var took = names.stream()
                .map(name -> burst(name, random.nextLong(1_500)))
                .sorted()
                .toList();

        System.out.printf(
                "activation: n = %d, p50 = %d ms, max = %d ms: %s%n",
                took.size(), took.get(POOLS / 2), took.getLast(), took);
        // who heard of a burst by the beat and the broker's figures alone would wait for 5 s in the middle
        assertThat(took.get(POOLS / 2))
                .as("median in ms, a second but for a busy machine")
                .isLessThan(4_000);
        assertThat(took.getLast()).as("most in ms, which a busy machine makes").isLessThan(30_000);
    }

    /// @param pause before it, so that bursts come at any moment of the operator's beat
    /// @return from the first publish to the replicas, in milliseconds
    private long burst(String pool, long pause) {
        await().pollDelay(Duration.ofMillis(pause)).atMost(World.PATIENCE).until(() -> world.replicas(pool) == 0);
        long start = System.nanoTime();
        world.send(pool, 100);
        await().pollInterval(Duration.ofMillis(5)).atMost(World.PATIENCE).until(() -> world.replicas(pool) > 0);
        return (System.nanoTime() - start) / 1_000_000;
    }
}
