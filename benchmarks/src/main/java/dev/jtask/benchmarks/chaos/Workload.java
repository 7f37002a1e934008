package dev.jtask.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What is sent. Pure: the same seed gives the same errands.
final class Workload {

    private Workload() {}

    /// @param tasks about so many; an errand is never cut off
    /// @param queues where results come back to the sender, and where they are kept, by turns
    static List<Errand> of(long seed, int tasks, Queues queues) {
        var random = new Random(seed ^ 0x5DEECE66DL);
        var errands = new ArrayList<Errand>();
        int all = 0;
        while (all < tasks) {
            var shape = shape(random);
            var among = among(shape, queues);
            var errand = new Errand("k" + errands.size(), among.get(random.nextInt(among.size())), shape, size(shape));
            errands.add(errand);
            all += errand.tasks();
        }
        return List.copyOf(errands);
    }

    private static Errand.Shape shape(Random random) {
        int draw = random.nextInt(1000);
        if (draw < 4) {
            return new Errand.Oversized();
        }
        if (draw < 12) {
            return new Errand.Rejected();
        }
        if (draw < 60) {
            // shorter pauses are waited for in the worker, longer ones in the broker
            return new Errand.Retried(2 + random.nextInt(2), 200 + random.nextInt(2_800));
        }
        if (draw < 110) {
            return new Errand.Chained(2 + random.nextInt(3));
        }
        if (draw < 150) {
            return new Errand.Joined(2 + random.nextInt(3));
        }
        int countdown = draw < 190 ? 500 + random.nextInt(3_500) : 0;
        return new Errand.Work(millis(random), random.nextInt(3) == 0, countdown);
    }

    private static int millis(Random random) {
        int draw = random.nextInt(100);
        return draw < 1 ? 300 + random.nextInt(1_200) : draw < 15 ? random.nextInt(50) : 0;
    }

    private static List<String> among(Errand.Shape shape, Queues queues) {
        return switch (shape) {
            case Errand.Joined _ -> queues.keeping(); // parts are counted in a store
            case Errand.Oversized _ -> queues.answering(); // a store takes what the broker does not
            case Errand.Work _, Errand.Retried _, Errand.Chained _, Errand.Rejected _ -> queues.all();
        };
    }

    private static int size(Errand.Shape shape) {
        return switch (shape) {
            case Errand.Chained(int steps) -> steps;
            case Errand.Joined(int parts) -> parts + 1;
            case Errand.Work _, Errand.Oversized _, Errand.Retried _, Errand.Rejected _ -> 1;
        };
    }
}
