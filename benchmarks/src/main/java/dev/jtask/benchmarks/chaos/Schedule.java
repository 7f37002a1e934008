package dev.jtask.benchmarks.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// Which faults come when. Pure: the same seed gives the same faults, by tasks sent, not by time.
final class Schedule {

    private Schedule() {}

    /// @param workers their number: each fault of a worker picks one
    static List<Planned> of(long seed, int tasks, int kills, int restarts, int workers) {
        var random = new Random(seed);
        var kinds = new ArrayList<Fault.Kind>();
        add(kinds, Fault.Kind.KILL, kills);
        add(kinds, Fault.Kind.CUT, kills);
        add(kinds, Fault.Kind.FREEZE, (kills + 1) / 2);
        add(kinds, Fault.Kind.DRAIN, (kills + 1) / 2);
        add(kinds, Fault.Kind.SILENCE, (kills + 2) / 4);
        add(kinds, Fault.Kind.RESTART, (restarts + 1) / 2);
        add(kinds, Fault.Kind.CRASH, restarts / 2);
        add(kinds, Fault.Kind.ALARM, restarts);
        add(kinds, Fault.Kind.DELETION, restarts);
        var planned = new ArrayList<Planned>();
        for (var kind : kinds) {
            // the first tasks show that all works, the last that it does again
            int at = tasks / 20 + random.nextInt(Math.max(1, tasks * 9 / 10));
            int target = kind.isTheBrokers() ? Fault.BROKER : random.nextInt(workers);
            planned.add(new Planned(planned.size(), kind, target, at, random.nextLong()));
        }
        planned.sort(Comparator.comparingInt(Planned::afterSent));
        return List.copyOf(planned);
    }

    private static void add(List<Fault.Kind> kinds, Fault.Kind kind, int count) {
        for (int i = 0; i < count; i++) {
            kinds.add(kind);
        }
    }
}
