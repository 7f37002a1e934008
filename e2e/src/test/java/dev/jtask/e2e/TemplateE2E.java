package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pools whose template no Deployment can have, beside one that is right.
@OnCluster
class TemplateE2E {

    private static final int WRONG = 60;
    private static final String GOOD = "good";

    private final Installation installation;
    private final Kubectl kubectl;

    TemplateE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @AfterEach
    void delete() {
        kubectl.run("delete", "twp", "-l", "e2e=template");
        kubectl.run("delete", "twp", "--ignore-not-found", GOOD);
    }

    @Test
    void aWrongTemplateIsToldAndSlowsNobody() throws InterruptedException {
        kubectl.feed(wrong(), "apply", "-f", "-");
        var applied = Instant.now();
        installation.apply(Pool.named(GOOD));
        eventually("the good one's Deployment")
                .until(() ->
                        !kubectl.field("deployment/" + GOOD, ".metadata.name").isEmpty());
        System.out.printf(
                "beside %d wrong templates a good pool's queue and Deployment are there after %d ms%n",
                WRONG, Duration.between(applied, Instant.now()).toMillis());
        try (var load = Load.start(installation, GOOD, 20, Duration.ofMillis(20))) {
            eventually("some tasks").until(() -> load.sent() > 100);
            assertThat(load.finish("beside wrong templates").lost()).isZero();
        }

        for (var pool : new String[] {"wrong-0", "wrong-1"}) {
            eventually("the condition of " + pool)
                    .until(() -> kubectl.condition(pool, "Ready").startsWith("False "));
            System.out.println(pool + ": " + kubectl.condition(pool, "Ready") + ": "
                    + kubectl.field("twp/" + pool, ".status.conditions[?(@.type==\"Ready\")].message"));
        }
        assertThat(kubectl.condition("wrong-0", "Ready")).isIn("False TemplateInvalid", "False DeploymentRejected");
        assertThat(kubectl.field("twp/wrong-0", ".status.conditions[?(@.type==\"Ready\")].message"))
                .contains("nodeSelectr");
        assertThat(kubectl.condition("wrong-1", "Ready")).isIn("False TemplateInvalid", "False DeploymentRejected");
        assertThat(kubectl.field("twp/wrong-1", ".status.conditions[?(@.type==\"Ready\")].message"))
                .contains("containers[worker].resources.limits.memory: lots");
        assertThat(kubectl.events("wrong-0"))
                .anyMatch(event -> event.startsWith("TemplateInvalid: ") || event.startsWith("DeploymentRejected: "));
    }

    /// An unknown field and a quantity that is none, in turns.
    private static String wrong() {
        return IntStream.range(0, WRONG)
                .mapToObj(i -> """
                    apiVersion: jtask.dev/v1alpha1
                    kind: TaskWorkerPool
                    metadata: {name: wrong-%d, labels: {e2e: template}}
                    spec:
                      image: jtask-worker:latest
                      broker: {secretRef: {name: rabbitmq}}
                      queues: [{name: wrong, declare: {}}]
                      template: {spec: %s}
                    """.formatted(
                                i,
                                i % 2 == 0
                                        ? "{nodeSelectr: {disk: ssd}}"
                                        : "{containers: [{name: worker, resources: {limits: {memory: lots}}}]}"))
                .collect(Collectors.joining("---\n"));
    }
}
