package dev.jtask.simulator.world;

import dev.jtask.simulator.load.Kind;
import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.load.Trouble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One load under one scaler. The same load and seed give the same run.
public final class Simulation implements Sight {

    private static final double LINE_EVERY = 10;
    private static final double LONGEST_RETRY = 60;

    private final Load load;
    private final Scaler scaler;
    private final Events events = new Events();
    private final List<Backlog> queues;
    private final Workers workers;
    private final Statistics statistics;
    private final SplittableRandom random;
    private final List<Run.Point> line = new ArrayList<>();
    private final List<Pod> everyPod = new ArrayList<>();
    private int desired;
    private int changes;
    private int peak;
    private int interrupted;
    private double podSeconds;
    private final int[] tries;

    private Simulation(Load load, Scaler scaler, long seed) {
        this.load = load;
        this.scaler = scaler;
        this.random = new SplittableRandom(seed);
        this.tries = new int[load.tasks().count()];
        this.queues = Stream.generate(Backlog::new).limit(load.queues()).toList();
        this.workers = new Workers(load, events, queues, this::tryAgain);
        this.statistics = new Statistics(events, queues, random.nextDouble());
    }

    public static Run run(Load load, Scaler scaler, long seed) {
        return new Simulation(load, scaler, seed).run();
    }

    private Run run() {
        load.troubles().forEach(this::prepare);
        events.every(0, 1, this::meter);
        events.at(random.nextDouble(5), this::look);
        for (int task = 0; task < load.tasks().count(); task++) {
            if (load.tasks().at(task) > load.end()) {
                break;
            }
            events.runUntil(load.tasks().at(task));
            arrive(task);
        }
        events.runUntil(load.end());
        return new Run(new Run.Waits(waits()), podSeconds / 3600, interrupted, changes, peak, line);
    }

    private double[] waits() {
        return IntStream.range(0, load.tasks().count())
                .mapToDouble(task -> {
                    double start = workers.started[task];
                    return (start < 0 ? load.end() : start) - load.tasks().at(task);
                })
                .toArray();
    }

    private void arrive(int task) {
        if (isAway(Trouble.BrokerAway.class)) {
            // its publisher tries until the broker is back
            events.at(events.now() + 2, () -> arrive(task));
            return;
        }
        queues.get(load.tasks().queue(task)).arrive(task, load.tasks().kind(task) != Kind.DELAYED);
        workers.deliver();
    }

    /// A retry comes out of a delay queue, which no publish counts.
    private void tryAgain(int task) {
        double delay = Math.min(LONGEST_RETRY, Math.pow(2, ++tries[task]));
        events.at(events.now() + delay * random.nextDouble(0.5, 1), () -> {
            queues.get(load.tasks().queue(task)).arrive(task, false);
            workers.deliver();
        });
    }

    private void look() {
        if (isAway(Trouble.ScalerAway.class)) {
            events.at(events.now() + 1, this::look);
            return;
        }
        var wish = scaler.look(this);
        resize(wish);
        events.at(events.now() + wish.after(), this::look);
    }

    private void resize(Scaler.Wish wish) {
        int wanted = wish.replicas();
        if (wanted < desired && wish.onlyIdle()) {
            int idle = (int) staying().filter(pod -> pod.running.isEmpty()).count();
            wanted = Math.max(wanted, desired - idle);
        }
        if (wanted != desired) {
            changes++;
        }
        for (; desired < wanted; desired++) {
            create();
        }
        if (desired > wanted) {
            var order = wish.choosesIdle() ? IDLE_FIRST : NEWEST_FIRST;
            staying()
                    .sorted(order)
                    .limit(desired - wanted)
                    .toList()
                    .forEach(pod -> workers.leave(pod, () -> interrupted++));
            desired = wanted;
        }
        peak = Math.max(peak, desired);
    }

    /// Kubernetes' order: not ready, then the one that is ready for the shortest time.
    private static final Comparator<Pod> NEWEST_FIRST = Comparator.<Pod>comparingInt(pod -> pod.isReady ? 1 : 0)
            .thenComparing(
                    Comparator.<Pod>comparingDouble(pod -> pod.readySince).reversed());

    private static final Comparator<Pod> IDLE_FIRST = Comparator.<Pod>comparingInt(pod -> pod.isReady ? 1 : 0)
            .thenComparingInt(pod -> pod.running.size())
            .thenComparing(NEWEST_FIRST);

    private void create() {
        var pod = new Pod(everyPod.size(), events.now(), load.queues());
        everyPod.add(pod);
        workers.pods.add(pod);
        double startup = load.shape().startup() * Math.exp(0.2 * random.nextGaussian());
        events.at(events.now() + startup, () -> becomeReady(pod));
    }

    private void becomeReady(Pod pod) {
        if (pod.isLeaving) {
            return;
        }
        if (isAway(Trouble.BrokerAway.class)) {
            events.at(events.now() + 1, () -> becomeReady(pod));
            return;
        }
        pod.ready(events.now());
        workers.hasRoom();
    }

    private void prepare(Trouble trouble) {
        switch (trouble) {
            case Trouble.BrokerAway(double from, double until) -> {
                events.at(from, () -> staying().toList().forEach(workers::disconnect));
                events.at(until, () -> {
                    queues.forEach(Backlog::restart);
                    staying()
                            .filter(pod -> pod.readySince > 0)
                            .forEach(pod -> events.at(until + random.nextDouble(1, 3), () -> becomeReady(pod)));
                });
            }
            case Trouble.StatisticsAway _, Trouble.DependencyDown _ -> {}
            case Trouble.ScalerAway away -> events.at(away.until(), scaler::restart);
        }
    }

    private boolean isAway(Class<? extends Trouble> kind) {
        return load.troubles().stream()
                .anyMatch(each -> kind.isInstance(each) && events.now() >= each.from() && events.now() < each.until());
    }

    private void meter() {
        podSeconds += workers.pods.size();
        if (events.now() % LINE_EVERY == 0) {
            int ready = (int) staying().filter(pod -> pod.isReady).count();
            long waiting = queues.stream().mapToLong(Backlog::ready).sum();
            line.add(new Run.Point(events.now(), workers.pods.size(), ready, waiting));
        }
    }

    private Stream<Pod> staying() {
        return workers.pods.stream().filter(pod -> !pod.isLeaving);
    }

    @Override
    public double now() {
        return events.now();
    }

    @Override
    public Optional<List<QueueFigures>> statistics() {
        return isAway(Trouble.BrokerAway.class) || isAway(Trouble.StatisticsAway.class)
                ? Optional.empty()
                : Optional.of(statistics.figures());
    }

    @Override
    public Optional<List<Long>> readyNow() {
        return isAway(Trouble.BrokerAway.class)
                ? Optional.empty()
                : Optional.of(queues.stream().map(Backlog::ready).toList());
    }

    @Override
    public List<PodFacts> pods() {
        return staying().map(pod -> pod.facts(events.now())).toList();
    }
}
