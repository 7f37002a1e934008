package dev.jtask.simulator.load;

import static dev.jtask.simulator.load.Shape.USUAL;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// The loads that need no trace. A seed moves every rate, time and moment, so that another seed is another set of loads
/// and not the same one with other noise.
public final class Synthetic {

    private static final double QUIET = 600;

    private final List<Load> loads = new ArrayList<>();
    private final SplittableRandom seeds;

    private Synthetic(long seed) {
        this.seeds = new SplittableRandom(seed);
    }

    public static List<Load> all(long seed) {
        var made = new Synthetic(seed);
        made.rhythms();
        made.bursts();
        made.longTasks();
        made.tails();
        made.queuesAndCounters();
        made.troubles();
        return List.copyOf(made.loads);
    }

    /// Draws the numbers of one load.
    private record Draw(Arrivals arrivals, SplittableRandom random) {

        /// A number near the one given: from 0.7 to 1.4 times it.
        double about(double value) {
            return value * Math.exp(random.nextDouble(-0.35, 0.35));
        }
    }

    private void rhythms() {
        add("steady", 3600, USUAL, d -> steady(d, 3600, 20, 0.5));
        add("steady-low", 3600, USUAL, d -> steady(d, 3600, 0.5, 2));
        add("steady-high", 2400, USUAL.max(100), d -> steady(d, 2400, 120, 0.4));
        add("noisy", 3600, USUAL, d -> {
            var rates = d.random.doubles(121, 0.4, 1.6).toArray();
            double mean = d.about(20);
            d.arrivals.rate(0, 3600, t -> mean * rates[(int) (t / 30)], Service.exponential(d.about(0.5)));
        });
        add("daily", 14_400, USUAL, d -> wave(d, 14_400, 14_400, 2, 30, 0.6));
        add("day", 86_400, USUAL, d -> wave(d, 86_400, 86_400, 0.1, 4, 1.5));
        add("waves", 5400, USUAL, d -> wave(d, 5400, 900, 1, 40, 0.5));
        add("ramp", 3600, USUAL, d -> {
            double top = d.about(60);
            d.arrivals.rate(0, 3600, t -> top * (1 - Math.abs(t - 1800) / 1800), Service.exponential(d.about(0.4)));
        });
        add("stairs", 3600, USUAL, d -> {
            double step = d.about(8);
            d.arrivals.rate(0, 3600, t -> step * (1 + (int) (t / 600)), Service.exponential(d.about(0.5)));
        });
        add("on-off-1m", 3600, USUAL, d -> onOff(d, 3600, 60, 40, 0.5));
        add("on-off-10m", 5400, USUAL, d -> onOff(d, 5400, 600, 30, 0.5));
    }

    private static void steady(Draw d, double length, double rate, double seconds) {
        double each = d.about(rate);
        d.arrivals.rate(0, length, t -> each, Service.exponential(d.about(seconds)));
    }

    private static void wave(Draw d, double length, double period, double low, double high, double seconds) {
        double top = d.about(high);
        d.arrivals.rate(
                0,
                length,
                t -> low + (top - low) * (1 - Math.cos(2 * Math.PI * t / period)) / 2,
                Service.exponential(d.about(seconds)));
    }

    private static void onOff(Draw d, double length, double half, double rate, double seconds) {
        double each = d.about(rate);
        d.arrivals.rate(0, length, t -> (int) (t / half) % 2 == 0 ? each : 0, Service.exponential(d.about(seconds)));
    }

    private void bursts() {
        add("burst", 2400, USUAL, d -> {
            for (double at = 60; at < 2000; at += d.about(800)) {
                d.arrivals.burst(at, (int) d.about(4000), Service.exponential(d.about(0.5)));
            }
        });
        add("burst-on-steady", 5400, USUAL, d -> {
            steady(d, 5400, 6, 0.5);
            for (double at = 300; at < 5000; at += d.about(900)) {
                d.arrivals.burst(at, (int) d.about(1500), Service.exponential(0.5));
            }
        });
        add("flash", 3600, USUAL.max(100), d -> {
            double from = d.about(1200);
            double calm = d.about(8);
            double high = d.about(120);
            d.arrivals.rate(0, 3600, t -> t > from && t < from + 300 ? high : calm, Service.exponential(d.about(0.5)));
        });
        add("spikes-on-idle", 7200, USUAL, d -> {
            for (double at = 30; at < 7000; at += d.random.nextDouble(200, 700)) {
                d.arrivals.burst(at, (int) d.about(120), Service.exponential(1));
            }
        });
        add("now-and-then", 7200, USUAL, d -> {
            double rate = 1 / d.about(150);
            d.arrivals.rate(0, 7000, t -> rate, Service.exponential(d.about(3)));
        });
        add("over-maximum", 3600, USUAL.max(6), d -> {
            double high = d.about(110);
            d.arrivals.rate(0, 3000, t -> t > 600 && t < 1200 ? high : 10, Service.exponential(0.5));
        });
    }

    private void longTasks() {
        var two = USUAL.slots(2);
        add("long", 7200, two, d -> {
            double rate = d.about(0.06);
            d.arrivals.rate(0, 7200, t -> rate, Service.uniform(60, 600));
        });
        add("long-hasty", 7200, two.drain(30), d -> {
            double rate = d.about(0.06);
            d.arrivals.rate(0, 7200, t -> rate, Service.uniform(60, 600));
        });
        add("long-burst", 5400, two.drain(60), d -> {
            for (double at = 100; at < 3600; at += d.about(1500)) {
                d.arrivals.burst(at, (int) d.about(40), Service.uniform(120, 600));
            }
        });
        add("minute-tasks", 5400, USUAL, d -> wave(d, 5400, 2700, 0.05, 0.6, 45));
    }

    private void tails() {
        add("log-normal", 3600, USUAL, d -> {
            double rate = d.about(12);
            d.arrivals.rate(0, 3600, t -> rate, Service.logNormal(d.about(0.8), 1.5));
        });
        add("pareto", 3600, USUAL, d -> {
            double rate = d.about(8);
            d.arrivals.rate(0, 3600, t -> rate, Service.pareto(d.about(1), 1.6));
        });
        add("short-and-long", 5400, USUAL, d -> {
            double rate = d.about(8);
            var service = Service.either(0.95, Service.exponential(0.1), Service.uniform(10, 60));
            d.arrivals.rate(0, 5400, t -> rate * (1 + Math.sin(t / 500)), service);
        });
        add("tiny", 1800, USUAL.slots(8), d -> {
            double rate = d.about(120);
            d.arrivals.rate(0, 1200, t -> rate, Service.exponential(d.about(0.003)));
        });
    }

    private void queuesAndCounters() {
        add("three-queues", 3600, USUAL, 3, List.of(), d -> {
            double rate = d.about(40);
            d.arrivals
                    .rate(0, 3600, t -> rate, Service.exponential(0.02), 0, Kind.PLAIN)
                    .rate(0, 3600, t -> 2, Service.exponential(d.about(1)), 1, Kind.PLAIN)
                    .rate(0, 3600, t -> t % 900 < 300 ? 0.5 : 0.05, Service.exponential(d.about(20)), 2, Kind.PLAIN);
        });
        add("countdown", 3600, USUAL, d -> {
            double first = d.about(10);
            d.arrivals.rate(0, 3600, t -> t < 1800 ? first : 2.5 * first, Service.exponential(0.5), 0, Kind.DELAYED);
        });
        add("retries", 3600, USUAL, d -> {
            double rate = d.about(15);
            d.arrivals
                    .rate(0, 3600, t -> rate, Service.exponential(0.5))
                    .rate(30, 3600, t -> rate * 0.4, Service.exponential(0.5), 0, Kind.DELAYED);
        });
        add("rejects", 3600, USUAL, d -> {
            double rate = d.about(15);
            d.arrivals
                    .rate(0, 3600, t -> rate * 0.7, Service.exponential(0.5))
                    .rate(0, 3600, t -> rate * 0.3, Service.exponential(0.5), 0, Kind.REJECTED);
        });
    }

    private void troubles() {
        add("slow-start", 3600, USUAL.startup(60), d -> wave(d, 3600, 1800, 4, 25, 0.5));
        add("slow-flash", 3600, USUAL.startup(45), d -> {
            double from = d.about(1200);
            double high = d.about(60);
            d.arrivals.rate(0, 3600, t -> t > from && t < from + 400 ? high : 8, Service.exponential(0.5));
        });
        add(
                "broker-restart",
                3600,
                USUAL,
                1,
                List.of(new Trouble.BrokerAway(1500, 1520)),
                d -> steady(d, 3600, 20, 0.5));
        add("statistics-away", 3600, USUAL, 1, List.of(new Trouble.StatisticsAway(1200, 1320)), d -> {
            double rate = d.about(15);
            d.arrivals.rate(0, 3600, t -> t < 1250 ? rate : 2 * rate, Service.exponential(0.5));
        });
        add(
                "scaler-restart",
                3600,
                USUAL,
                1,
                List.of(new Trouble.ScalerAway(1500, 1520)),
                d -> steady(d, 3600, 20, 0.5));
        add("downstream-limit", 3600, USUAL.limit(20), d -> {
            double high = d.about(48);
            d.arrivals.rate(0, 3600, t -> t > 900 && t < 1500 ? high : 12, Service.exponential(0.5));
        });
        add("dependency-down", 3600, USUAL, 1, List.of(new Trouble.DependencyDown(1200, 1800)), d -> {
            double rate = d.about(15);
            d.arrivals.rate(0, 3600, t -> rate, Service.exponential(0.5));
        });
    }

    private void add(String name, double busy, Shape shape, Consumer<Draw> draw) {
        add(name, busy, shape, 1, List.of(), draw);
    }

    private void add(String name, double busy, Shape shape, int queues, List<Trouble> troubles, Consumer<Draw> draw) {
        // every load has its own stream: a change to one does not move the others
        var random = new SplittableRandom(seeds.nextLong());
        var arrivals = new Arrivals(random);
        draw.accept(new Draw(arrivals, random));
        loads.add(new Load(name, arrivals.tasks.sorted(), busy + QUIET, queues, shape, troubles));
    }
}
