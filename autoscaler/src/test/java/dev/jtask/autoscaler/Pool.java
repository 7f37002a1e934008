package dev.jtask.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;

/// A pool with a queue in simulated time: one second a step, pods that take a while to start, and the real autoscaler.
final class Pool {

    static final ScalingPolicy POLICY = policy(0, 20, Duration.ofSeconds(30));

    final ScalingPolicy policy;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    PoolState state = PoolState.EMPTY;
    double ready;
    double inFlight;
    double published;
    double acked;
    double taskSeconds = 0.5;
    int startupSeconds = 5;
    int desired;
    int running;
    int changes;
    Decision last = new Decision(0, 0, Reason.Idle, Basis.FIGURES, "", Terms.NONE, false, null, PoolState.EMPTY);
    private final ArrayDeque<Instant> starting = new ArrayDeque<>();

    Pool(ScalingPolicy policy) {
        this.policy = policy;
    }

    static ScalingPolicy policy(int min, int max, Duration down) {
        return new ScalingPolicy(
                min,
                max,
                new Objective.DrainTime(Duration.ofSeconds(60)),
                8,
                0.8,
                Duration.ZERO,
                down,
                100,
                new WhenBlind.Hold(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1));
    }

    /// Runs seconds of arrivals at a rate and decides after each.
    void run(int seconds, double arrivalsPerSecond) {
        for (int i = 0; i < seconds; i++) {
            arrive(arrivalsPerSecond);
            step();
        }
    }

    void arrive(double messages) {
        published += messages;
        ready += messages;
    }

    void step() {
        now = now.plusSeconds(1);
        while (!starting.isEmpty() && !starting.peek().isAfter(now)) {
            starting.poll();
            running++;
        }
        int slots = running * policy.slotsPerReplica();
        double capacity = slots / taskSeconds;
        double done = Math.min(ready + inFlight, capacity);
        acked += done;
        double left = ready + inFlight - done;
        inFlight = Math.min(left, slots);
        ready = left - inFlight;
        double busy = taskSeconds < 1 ? Math.min(slots, done * taskSeconds) : inFlight;
        decide(new Sample.Seen(
                List.of(queue(Math.round(ready), Math.round(Math.max(busy, inFlight)))),
                pods(),
                new Replicas(desired, running)));
    }

    /// Pods whose workers say nothing.
    List<PodSample> pods() {
        return IntStream.range(0, running)
                .mapToObj(i -> new PodSample("pod-" + i, (double) startupSeconds, null))
                .toList();
    }

    void decide(Sample sample) {
        last = Autoscaler.decide(state, sample, policy, now);
        state = last.next();
        scaleTo(last.replicas());
    }

    QueueSample queue(long readyNow, long unacked) {
        return new QueueSample("q", readyNow, unacked, (long) running, (long) published, (long) acked);
    }

    void scaleTo(int replicas) {
        if (replicas != desired) {
            changes++;
        }
        for (int i = desired; i < replicas; i++) {
            starting.add(now.plusSeconds(startupSeconds));
        }
        for (int i = replicas; i < desired; i++) {
            if (starting.pollLast() == null) {
                running--;
            }
        }
        desired = replicas;
    }

    /// Sets the pool to a running size at once.
    void startWith(int replicas) {
        desired = replicas;
        running = replicas;
    }
}
