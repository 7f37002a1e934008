package dev.jtask.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The application ends when its tasks have ended.
class DrainIT {

    private static final String ENDED = "jtask.drain-it.ended";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Slow.class))
            .overrideConfigKey("quarkus.transaction-manager.object-store.directory", "target/transactions")
            .overrideConfigKey("jtask.worker.enabled", "true")
            .setAllowTestClassOutsideDeployment(true)
            .setAfterUndeployListener(() -> assertThat(System.clearProperty(ENDED))
                    .as("what the task said before the application was gone")
                    .isEqualTo("while draining"));

    @Inject
    TaskClient client;

    @Test
    void aTaskThatRunsHoldsTheEnd() throws InterruptedException {
        client.send("slow.run");

        assertThat(Slow.STARTED.await(90, TimeUnit.SECONDS)).isTrue();
    }

    @Singleton
    static class Slow {
        static final CountDownLatch STARTED = new CountDownLatch(1);
        private final SmallRyeHealthReporter health;

        Slow(SmallRyeHealthReporter health) {
            this.health = health;
        }

        @Task("slow.run")
        public void run() {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !health.getReadiness().isDown());
            STARTED.countDown();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> health.getReadiness().getPayload().toString().contains("draining"));
            System.setProperty(ENDED, "while draining");
        }
    }
}
