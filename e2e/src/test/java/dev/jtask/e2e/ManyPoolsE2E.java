package dev.jtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// As many pools as a large company has.
@OnCluster
@Timeout(1_800)
class ManyPoolsE2E {

    private static final int POOLS = Integer.parseInt(
            Optional.ofNullable(System.getenv("JTASK_E2E_POOLS")).orElse("1000"));
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final List<String> WRITTEN =
            List.of("resource=\"taskworkerpools\"", "resource=\"deployments\"", "resource=\"events\"");
    private static final String ONE = "many-7";

    private final Installation installation;
    private final Kubectl kubectl;
    private long last = -1;

    ManyPoolsE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @AfterEach
    void delete() {
        kubectl.run("delete", "twp", "-l", "e2e=many", "--wait=false");
    }

    @Test
    void areServedWithoutNoise() throws IOException, InterruptedException {
        var began = Instant.now();
        kubectl.feed(pools(), "create", "-f", "-");
        show("created by kubectl", began);
        await("all are ready").atMost(LONG).pollInterval(Duration.ofSeconds(5)).until(() -> ready() == POOLS);
        show("all have queue, Deployment and status", began);
        assertThat(warnings()).as("false alarms").isEmpty();
        var operator = HostProcess.ofPod(installation.leader());

        // figures of queues that are new come in for a while
        await("no write for ten seconds")
                .atMost(LONG)
                .pollInterval(Duration.ofSeconds(10))
                .until(this::isQuiet);
        var before = writes();
        var computed = operator.computed();
        await("idle").pollDelay(IDLE).atMost(IDLE.multipliedBy(2)).until(() -> true);
        System.out.printf(
                "%d idle pools: %d writes a minute, %.1f %% of a core, %d MiB%n",
                POOLS,
                writes() - before,
                operator.computed().minus(computed).toMillis() * 100.0 / IDLE.toMillis(),
                operator.residentMiB());

        try (var watch = ReplicaWatch.start(kubectl, ONE);
                var load = Load.burst(installation, ONE, 200, Duration.ofMillis(20))) {
            var sent = Instant.now();
            show("a burst on one of them to replicas patched", sent, watch.awaitSome());
            assertThat(load.finish("one of %d pools".formatted(POOLS)).lost()).isZero();
        }
    }

    private long ready() {
        return kubectl.run(
                        "get",
                        "twp",
                        "-l",
                        "e2e=many",
                        "-o",
                        "jsonpath={range .items[*]}{.status.conditions[?(@.type==\"Ready\")].status}{\"\\n\"}{end}")
                .lines()
                .filter("True"::equals)
                .count();
    }

    private boolean isQuiet() {
        long now = writes();
        boolean quiet = now == last;
        last = now;
        return quiet;
    }

    private String warnings() {
        return kubectl.run("get", "events", "--field-selector", "type=Warning", "-o", "name")
                .lines()
                .filter(name -> name.contains("/many-"))
                .collect(Collectors.joining(", "));
    }

    /// What the operator wrote since the API server began.
    private long writes() {
        return kubectl.run("get", "--raw", "/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_request_total{"))
                .filter(line -> line.contains("verb=\"PATCH\"") || line.contains("verb=\"APPLY\""))
                .filter(line -> WRITTEN.stream().anyMatch(line::contains))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void show(String what, Instant since) {
        show(what, since, Instant.now());
    }

    private static void show(String what, Instant since, Instant until) {
        System.out.printf(
                "%d pools, %s: %.1f s%n",
                POOLS, what, Duration.between(since, until).toMillis() / 1_000.0);
    }

    private static String pools() {
        return IntStream.range(0, POOLS)
                .mapToObj(i -> Pool.named("many-" + i)
                        .classic()
                        .yaml()
                        .replace("metadata: {", "metadata: {labels: {e2e: many}, "))
                .collect(Collectors.joining("---\n"));
    }
}
