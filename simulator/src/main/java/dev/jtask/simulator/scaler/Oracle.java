package dev.jtask.simulator.scaler;

import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.world.Scaler;
import dev.jtask.simulator.world.Sight;

/// Knows what will arrive while a pod starts and how long each task takes, and lets only idle pods go: what no scaler
/// can do, to see how far one is from it.
public final class Oracle implements Scaler.Maker {

    private static final double EVERY = 5;
    private static final double DRAIN = 15;

    @Override
    public String name() {
        return "oracle";
    }

    @Override
    public Scaler make(Load load) {
        var coming = new Coming(load);
        return sight -> {
            int size = (int) Math.min(
                    load.shape().maxReplicas(),
                    Math.ceil(coming.slots(sight) / load.shape().slots()));
            return new Scaler.Wish(size, true, true, EVERY);
        };
    }

    /// Walks along the tasks with time.
    private static final class Coming {

        private final Load load;
        private int first;
        private int next;
        private double work;

        Coming(Load load) {
            this.load = load;
        }

        double slots(Sight sight) {
            double startup = load.shape().startup() * 1.4;
            double horizon = sight.now() + startup + EVERY;
            var tasks = load.tasks();
            for (; next < tasks.count() && tasks.at(next) < horizon; next++) {
                work += tasks.seconds(next);
            }
            for (; first < next && tasks.at(first) < sight.now(); first++) {
                work -= tasks.seconds(first);
            }
            double mean = load.meanSeconds();
            long waiting = sight.readyNow()
                    .map(queues -> queues.stream().mapToLong(Long::longValue).sum())
                    .orElse(0L);
            int running = sight.pods().stream().mapToInt(pod -> pod.running()).sum();
            double rate = work / (startup + EVERY);
            return Math.max(running * Math.min(1, mean / DRAIN), rate * 1.1) + waiting * Math.min(mean, DRAIN) / DRAIN;
        }
    }
}
