package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pools whose pods Kubernetes does not create.
@OnCluster
class QuotaE2E {

    private static final String POOL = "quota";
    private static final String NOBODYS = "nobodys";

    private final Installation installation;
    private final Kubectl kubectl;

    QuotaE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @AfterEach
    void delete() {
        kubectl.run("delete", "resourcequota", "--ignore-not-found", POOL);
        kubectl.run("delete", "twp", "--ignore-not-found", POOL, NOBODYS);
    }

    @Test
    void podsBeyondAQuotaAreToldBesideTheOneThatWorks() {
        long others = kubectl.run("get", "pods", "-o", "name").lines().count();
        kubectl.run("create", "quota", POOL, "--hard=pods=" + (others + 1));

        installation.apply(Pool.named(POOL).scaling("minReplicas: 3, maxReplicas: 3"));

        installation.awaitCondition(POOL, "Ready", "True Working");
        eventually("the quota's words").until(() -> message(POOL).contains("exceeded quota: " + POOL));

        kubectl.run("delete", "resourcequota", POOL);
        // Kubernetes tries again after a while that grows
        kubectl.run("rollout", "restart", "deployment/" + POOL);
        eventually("three pods").until(() -> kubectl.number("deployment/" + POOL, ".status.readyReplicas") == 3);
        eventually("no word of it").until(() -> message(POOL).equals("pods take tasks"));
    }

    @Test
    void aServiceAccountThatIsMissingIsTroubleOfThePool() {
        var pool = Pool.named(NOBODYS).scaling("minReplicas: 1, maxReplicas: 1");
        kubectl.feed(
                pool.yaml()
                        .replace(
                                "    spec:\n      containers:",
                                "    spec:\n      serviceAccountName: nobody\n      containers:"),
                "apply",
                "-f",
                "-");

        installation.awaitCondition(NOBODYS, "Ready", "False PodsRefused");
        assertThat(message(NOBODYS)).contains("serviceaccount \"nobody\" not found");
        assertThat(kubectl.events(NOBODYS)).anyMatch(event -> event.startsWith("PodsRefused: "));
    }

    private String message(String pool) {
        return kubectl.field("twp/" + pool, ".status.conditions[?(@.type==\"Ready\")].message");
    }
}
