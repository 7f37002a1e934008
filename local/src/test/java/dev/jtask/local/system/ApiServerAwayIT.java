package dev.jtask.local.system;

import static dev.jtask.local.system.TwoOperators.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An API server that is away for a while: one operator works soon after it is back.
@RabbitMqTest
class ApiServerAwayIT {

    private final RabbitMqNode broker;
    private TwoOperators operators;

    @TempDir
    Path folder;

    ApiServerAwayIT(RabbitMqNode broker) {
        this.broker = broker;
    }

    @BeforeEach
    void start() throws IOException {
        operators = new TwoOperators(folder, broker);
    }

    @AfterEach
    void stop() throws IOException {
        operators.close();
    }

    @Test
    void anApiServerThatIsAwayForHalfAMinuteLeavesOneOperatorThatWorks() {
        operators.pool("before");
        operators.awaitDeployment("before");

        operators.relay().hold();
        await("the leader's end")
                .atMost(PATIENCE)
                .until(() -> !operators.first().process().isAlive());
        await("half a minute")
                .pollDelay(Duration.ofSeconds(20))
                .atMost(PATIENCE)
                .until(() -> true);
        operators.relay().release();

        await("another leader").atMost(PATIENCE).until(() -> operators.leader().equals("two"));
        var renewed = operators.lease().orElseThrow().getRenewTime();
        await("that renews")
                .atMost(PATIENCE)
                .until(() -> operators.lease().orElseThrow().getRenewTime().isAfter(renewed));
        operators.pool("after");
        operators.awaitDeployment("after");
        assertThat(operators.second().process().isAlive()).isTrue();
    }
}
