package dev.jtask.simulator.scaler;

import dev.jtask.autoscaler.Autoscaler;
import dev.jtask.autoscaler.PodSample;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Replicas;
import dev.jtask.autoscaler.Sample;
import dev.jtask.autoscaler.ScalingPolicy;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.simulator.world.PodFacts;
import dev.jtask.simulator.world.QueueFigures;
import dev.jtask.simulator.world.Scaler;
import dev.jtask.simulator.world.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The production decision with figures as the operator takes them.
final class JtaskScaler implements Scaler {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ScalingPolicy policy;
    private final double tick;
    private PoolState state = PoolState.EMPTY;
    private int failures;

    JtaskScaler(ScalingPolicy policy) {
        this.policy = policy;
        this.tick = policy.tick().toNanos() / 1e9;
    }

    @Override
    public Wish look(Sight sight) {
        var pods = sight.pods();
        var replicas = new Replicas(
                pods.size(), (int) pods.stream().filter(PodFacts::ready).count());
        var statistics = sight.statistics();
        failures = statistics.isPresent() ? 0 : failures + 1;
        var sample = statistics
                .<Sample>map(queues -> new Sample.Seen(queues(queues, replicas), samples(pods), replicas))
                .orElseGet(() -> new Sample.Blind("the broker does not answer", replicas));
        var now = START.plusNanos(Math.round(sight.now() * 1e9));
        var decision = Autoscaler.decide(state, sample, policy, now);
        state = decision.next();
        // the operator asks a broker that does not answer less often
        double after = failures == 0 ? tick : Math.min(30, tick * Math.pow(2, Math.min(10, failures - 1)));
        return new Wish(decision.replicas(), true, decision.sparesRunning(), after);
    }

    @Override
    public void restart() {
        state = PoolState.EMPTY;
    }

    private static List<QueueSample> queues(List<QueueFigures> figures, Replicas replicas) {
        var samples = new ArrayList<QueueSample>();
        for (int i = 0; i < figures.size(); i++) {
            var each = figures.get(i);
            samples.add(new QueueSample(
                    "q" + i, each.ready(), each.unacked(), (long) replicas.ready(), each.published(), each.acked()));
        }
        return samples;
    }

    private static List<PodSample> samples(List<PodFacts> pods) {
        return pods.stream()
                .map(pod -> new PodSample(
                        "pod-" + pod.id(),
                        pod.ready() ? pod.readySince() - pod.created() : null,
                        pod.firstReady().isPresent() ? report(pod) : null))
                .toList();
    }

    private static WorkerReport report(PodFacts pod) {
        var work = new HashMap<String, WorkerReport.Work>();
        for (int i = 0; i < pod.work().size(); i++) {
            var each = pod.work().get(i);
            work.put("q" + i, new WorkerReport.Work(each.busySeconds(), each.ended()));
        }
        return new WorkerReport(pod.running(), pod.oldestSeconds(), work);
    }
}
