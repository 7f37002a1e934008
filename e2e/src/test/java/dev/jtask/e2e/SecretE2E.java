package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Changes of the Secret that workers log in with.
@OnCluster
class SecretE2E {

    private static final String POOL = "rotated";
    private static final String SECRET = "rotated-broker";

    private final Installation installation;
    private final Kubectl kubectl;

    SecretE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @BeforeEach
    void start() {
        user("first");
        installation.secret(kubectl, SECRET, "first", "first");
        // those of the test before go in their own time, and would be counted among this one's
        eventually("the pods of the test before are gone")
                .until(() -> kubectl.pods(POOL).isEmpty());
        installation.apply(Pool.named(POOL).secret(SECRET).scaling("minReplicas: 1, maxReplicas: 1"));
        installation.awaitCondition(POOL, "Ready", "True Working");
        eventually("it has one pod").until(() -> kubectl.pods(POOL).size() == 1);
    }

    @AfterEach
    void delete() {
        kubectl.run("delete", "twp", POOL);
    }

    @Test
    void aRotatedSecretRollsThePodsAndLosesNoTask() throws InterruptedException {
        var before = kubectl.pods(POOL).getFirst();
        try (var load = Load.start(installation, POOL, 10, Duration.ofMillis(200))) {
            eventually("work is done").until(() -> load.succeeded() > 20);
            user("second");
            installation.secret(kubectl, SECRET, "second", "second");
            eventually("the pod is another")
                    .until(() -> !kubectl.pods(POOL).contains(before)
                            && kubectl.number("deployment/" + POOL, ".status.readyReplicas") == 1);
            installation.broker().ctl("delete_user", "first");

            assertThat(load.finish("Secret rotated under load").lost()).isZero();
        }
        assertThat(kubectl.condition(POOL, "BrokerReachable")).isEqualTo("True Answering");
    }

    @Test
    void anAnnotatedSecretRollsNothing() {
        var pods = kubectl.pods(POOL);
        var generation = generation();
        kubectl.run("annotate", "secret", SECRET, "--overwrite", "note=hello");

        // the operator reads a Secret again after five seconds
        await("nothing happens")
                .during(Duration.ofSeconds(20))
                .atMost(Duration.ofSeconds(40))
                .until(() -> kubectl.pods(POOL).equals(pods));
        assertThat(generation()).isEqualTo(generation);
    }

    private long generation() {
        return kubectl.number("deployment/" + POOL, ".metadata.generation");
    }

    private void user(String name) {
        var view = installation.broker().view();
        var _ = view.send("PUT", "/api/users/" + name, """
            {"password": "%s", "tags": "management"}""".formatted(name));
        var _ = view.send("PUT", "/api/permissions/%2F/" + name, """
            {"configure": ".*", "write": ".*", "read": ".*"}""");
    }
}
