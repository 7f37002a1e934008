package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Pools whose queues go with them, while somebody sends.
@OnCluster
class DeletionE2E {

    private static final int POOLS = 6;

    private final Installation installation;
    private final Kubectl kubectl;

    DeletionE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    /// The producers begin one after the other, around the time when the operator looks for messages.
    @Test
    void noConfirmedMessageGoesWithAQueue() throws InterruptedException {
        var pools = IntStream.range(0, POOLS)
                .mapToObj(i -> Pool.named("doomed-" + i).deleted())
                .map(pool -> pool.name().matches(".*[024]") ? pool.classic() : pool)
                .toList();
        pools.forEach(installation::apply);
        pools.forEach(pool -> installation.awaitCondition(pool.name(), "Ready", "True ScaledToZero"));
        kubectl.run(Stream.concat(
                        Stream.of("delete", "--wait=false", "twp"),
                        pools.stream().map(Pool::name))
                .toArray(String[]::new));
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            loads.add(Load.after(
                    Duration.ofSeconds(2L * i + 4), installation, pools.get(i).name()));
        }

        eventually("the pools are gone and all have sent")
                .until(() -> kubectl.run("get", "twp", "--ignore-not-found", "-o", "name")
                                .lines()
                                .noneMatch(name -> name.contains("doomed"))
                        && loads.stream().allMatch(load -> load.sent() > 50));
        for (int i = 0; i < POOLS; i++) {
            var queue = pools.get(i).name();
            var load = loads.get(i);
            load.stop();
            eventually("all of %s are there".formatted(queue))
                    .until(() -> installation.broker().view().messages(queue) == load.sent());
            System.out.printf(
                    "queue deletion under a producer, %s: %d confirmed, all there; %s%n",
                    queue, load.sent(), kubectl.events(queue));
            assertThat(kubectl.events(queue))
                    .anyMatch(event -> event.startsWith("QueueKept: ") || event.startsWith("QueueDeleted: "));
            load.close();
        }
    }
}
