package dev.jtask.local.system;

import static dev.jtask.local.system.TwoOperators.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.local.kubernetes.api.ApiRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
