package dev.jtask.local.system;

import static dev.jtask.local.system.TwoOperators.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.local.kubernetes.api.ApiRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A leader that was stopped and goes on: whatever becomes of it, no two work at once.
@RabbitMqTest
class LeadershipIT {

    private final RabbitMqNode broker;
    private TwoOperators operators;

    @TempDir
    Path folder;

    LeadershipIT(RabbitMqNode broker) {
        this.broker = broker;
    }

    @BeforeEach
    void start() throws IOException {
        operators = new TwoOperators(folder, broker);
    }

    @AfterEach
    void stop() throws IOException {
        signal("CONT");
        operators.close();
    }

    @Test
    void aLeaderThatWasStoppedDoesNothingMoreAndEnds() throws IOException {
        operators.pool("before");
        operators.awaitDeployment("before");
        awaitQuiet();

        signal("STOP");
        await("another leader").atMost(PATIENCE).until(() -> operators.leader().equals("two"));
        operators.pool("while-stopped");
        operators.awaitDeployment("while-stopped");
        var written = operators.writesOf("one");
        signal("CONT");

        await("the old leader's end")
                .atMost(PATIENCE)
                .until(() -> !operators.first().process().isAlive());
        assertThat(operators.first().process().exitValue()).isEqualTo(1);
        assertThat(written).as("what it wrote before it was stopped").isNotEmpty();
        assertThat(operators.writesOf("one")).isEqualTo(written);
        assertThat(operators.leader()).isEqualTo("two");
    }

    @Test
    void aLeaderThatEndsInGoodOrderGivesTheLeaseBack() {
        operators.first().process().destroy();

        await("its end")
                .atMost(PATIENCE)
                .until(() -> !operators.first().process().isAlive());
        assertThat(operators.leader()).isNotEqualTo("one");
        await("another leader").atMost(PATIENCE).until(() -> operators.leader().equals("two"));
    }

    /// A status of each of a thousand pools is what its successor would begin with.
    @Test
    void whoTakesOverWritesNothingOfPoolsThatAreAsTheyWere() {
        var pools = List.of("settled-a", "settled-b", "settled-c");
        pools.forEach(operators::pool);
        pools.forEach(this::awaitSettled);
        awaitQuiet();

        operators.first().process().destroyForcibly();
        await("another leader").atMost(PATIENCE).until(() -> operators.leader().equals("two"));
        operators.pool("after");
        awaitSettled("after");
        double looks = looks();
        await("three looks more").atMost(PATIENCE).until(() -> looks() >= looks + 3);

        assertThat(operators.writesOf("two"))
                .anyMatch(request -> request.path().contains("/after"))
                .noneMatch(request -> request.path().contains("/settled-"));
    }

    private void awaitSettled(String pool) {
        operators.awaitDeployment(pool);
        await("the figures of " + pool)
                .atMost(PATIENCE)
                .until(() -> operators
                        .status(pool)
                        .filter(status -> Objects.equals(status.backlog(), 0L))
                        .map(TaskWorkerPoolStatus::scaling)
                        .filter(scaling -> scaling.reason().equals("Idle"))
                        .isPresent());
    }

    /// Of the second operator, since it leads.
    private double looks() {
        return operators
                .second()
                .metrics()
                .lines()
                .filter(line -> line.startsWith("jtask_broker_probe_seconds_count") && line.contains("outcome=\"ok\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// To the operator that led first.
    private void signal(String name) throws IOException {
        if (operators.first().process().isAlive()) {
            var kill = new ProcessBuilder(
                            "kill",
                            "-" + name,
                            Long.toString(operators.first().process().pid()))
                    .start();
            assertThat(kill.onExit().join().exitValue()).isZero();
        }
    }

    /// What is on its way when a process is stopped arrives all the same; no lease calls it back.
    private void awaitQuiet() {
        var before = new AtomicReference<>(List.<ApiRequest>of());
        await("the leader has written what there was")
                .pollInterval(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> {
                    var now = operators.writesOf("one").stream()
                            .filter(request -> !request.path().contains("/leases/"))
                            .toList();
                    return now.equals(before.getAndSet(now));
                });
    }
}
