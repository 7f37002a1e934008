package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
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
    private static final Duration MEASURED = Duration.ofMinutes(1);
    private static final List<String> WRITTEN =
            List.of("resource=\"taskworkerpools\"", "resource=\"deployments\"", "resource=\"events\"");
    private static final String ONE = "many-7";
    private static final int BUSY = 10;
    /// A list of queues is one call for each 500 of them, and the broker has some more.
    private static final int PAGES = POOLS / 500 + 1;

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

        awaitQuiet();
        areIdle(measure("idle", operator, Installation.QUICK));

        try (var watch = ReplicaWatch.start(kubectl, ONE);
                var load = Load.burst(installation, ONE, 200, Duration.ofMillis(20))) {
            var sent = Instant.now();
            show("a burst on one of them to replicas patched", sent, watch.awaitSome());
            assertThat(load.finish("one of %d pools".formatted(POOLS)).lost()).isZero();
        }
        areBusy(operator);
        areTakenOver();
        areIdleAtTheChartsPace();
    }

    private static void areIdle(Minute minute) {
        assertThat(minute.writes()).as("writes").isLessThanOrEqualTo(10);
        assertThat(minute.callsPerTick()).as("calls of the management API").isLessThan(PAGES + 1);
        assertThat(minute.residentMiB()).as("the chart's limit").isLessThan(512);
    }

    /// Who leads next goes on with what it finds, and does not write all of it anew.
    private void areTakenOver() throws IOException {
        var old = installation.leader();
        var since = Instant.now();
        kubectl.run("delete", "pod", old, "--wait=false");
        installation.awaitLeaderAfter(old);
        show("another operator leads", since);
        var minute = measure("just taken over", HostProcess.ofPod(installation.leader()), Installation.QUICK);
        assertThat(minute.writes()).as("writes").isLessThanOrEqualTo(POOLS / 10);
    }

    private void areIdleAtTheChartsPace() throws IOException {
        installation.pace(Pace.OF_THE_CHART);
        try {
            awaitQuiet();
            areIdle(measure("idle at the chart's pace", HostProcess.ofPod(installation.leader()), Pace.OF_THE_CHART));
        } finally {
            installation.pace(Installation.QUICK);
        }
    }

    private void areBusy(HostProcess operator) throws IOException, InterruptedException {
        var loads = IntStream.range(0, BUSY)
                .mapToObj(i -> Load.start(installation, "many-" + i, 5, Duration.ofMillis(100)))
                .toList();
        try {
            eventually("all that are busy work").until(() -> loads.stream().allMatch(load -> load.succeeded() > 0));
            var busy = measure("of which %d are busy".formatted(BUSY), operator, Installation.QUICK);
            assertThat(busy.callsPerTick()).as("calls of the management API").isLessThan(PAGES + 2);
            for (int i = 0; i < BUSY; i++) {
                assertThat(loads.get(i).finish("many-" + i).lost()).isZero();
            }
        } finally {
            loads.forEach(Load::close);
        }
    }

    /// What the operator does in a minute in which this test asks nobody for anything.
    private Minute measure(String pools, HostProcess operator, Pace pace) throws IOException {
        long writes = writes();
        long calls = installation.accessLog().calls();
        var computed = operator.computed();
        await(pools).pollDelay(MEASURED).atMost(MEASURED.multipliedBy(2)).until(() -> true);
        var minute = new Minute(
                writes() - writes,
                (installation.accessLog().calls() - calls) / (double) MEASURED.dividedBy(pace.tick()),
                operator.computed().minus(computed).toMillis() * 100.0 / MEASURED.toMillis(),
                operator.residentMiB());
        System.out.printf("%d pools, %s: %s%n", POOLS, pools, minute);
        return minute;
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

    /// Figures of queues that are new come in for a while.
    private void awaitQuiet() {
        await("no write for ten seconds")
                .atMost(LONG)
                .pollInterval(Duration.ofSeconds(10))
                .until(this::isQuiet);
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

    /// @param writes of pools, Deployments and events
    /// @param cores in percent of one
    private record Minute(long writes, double callsPerTick, double cores, long residentMiB) {

        @Override
        public String toString() {
            return "%d writes a minute, %.2f calls of the management API a tick, %.1f %% of a core, %d MiB"
                    .formatted(writes, callsPerTick, cores, residentMiB);
        }
    }
}
