package dev.jtask.autoscaler;

import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One pool with the queue `q`, told what is seen of it tick by tick.
final class Given {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    Instant now = START;
    PoolState state = PoolState.EMPTY;
    int desired;
    final List<PodSample> pods = new ArrayList<>();
    ScalingPolicy policy = policy(Duration.ofSeconds(30), Duration.ofMinutes(5));

    static ScalingPolicy policy(Duration window, Duration drainTimeout) {
        return new ScalingPolicy(
                0,
                50,
                new Objective.DrainTime(Duration.ofSeconds(60)),
                4,
                0.9,
                Duration.ZERO,
                window,
                100,
                new WhenBlind.Hold(),
                drainTimeout,
                Duration.ofSeconds(5));
    }

    static PodSample pod(String id, double startup, int busy, double busySeconds, double ended) {
        return new PodSample(id, startup, new WorkerReport(busy, 0, Map.of("q", new Work(busySeconds, ended))));
    }

    static PodSample pod(String id, int busy) {
        return pod(id, 8, busy, 0, 0);
    }

    /// A pod of four busy slots whose tasks take half a second, with the runs that ended and those that failed.
    static PodSample failing(String id, double ended, double failed) {
        return new PodSample(
                id, 8.0, new WorkerReport(4, 0, Map.of("q", new Work(ended / 2, ended)), new Runs(ended, failed, 0)));
    }

    Given has(PodSample... samples) {
        pods.clear();
        pods.addAll(List.of(samples));
        desired = pods.size();
        return this;
    }

    Decision after(double seconds, QueueSample... queues) {
        now = now.plusMillis(Math.round(seconds * 1000));
        int ready = (int) pods.stream().filter(PodSample::isReady).count();
        var sample = new Sample.Seen(List.of(queues), pods, new Replicas(desired, ready));
        var decision = Autoscaler.decide(state, sample, policy, now);
        state = decision.next();
        desired = decision.replicas();
        return decision;
    }

    static QueueSample queue(long ready, long unacked, long published, long acked) {
        return new QueueSample("q", ready, unacked, 1L, published, acked);
    }
}
