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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An application lives on when somebody has shut its worker down by remote control.
class ShutDownIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Idle.class))
            .overrideConfigKey("quarkus.transaction-manager.object-store.directory", "target/transactions")
            .overrideConfigKey("jtask.worker.enabled", "true");

    @Inject
    TaskClient client;

    @Inject
    SmallRyeHealthReporter health;

    @Test
    void aWorkerThatWasShutDownIsNotAlive() {
        await().atMost(SOON).until(() -> !client.workers().ping().isEmpty());
        assertThat(health.getLiveness().isDown()).isFalse();

        client.workers().shutdown();

        await().atMost(SOON).until(() -> health.getLiveness().isDown());
        assertThat(health.getLiveness().getPayload().toString())
                .contains("stopped by remote control; only a new process runs tasks again");
    }

    @Singleton
    static class Idle {
        @Task("idle.run")
        public void run() {}
    }
}
