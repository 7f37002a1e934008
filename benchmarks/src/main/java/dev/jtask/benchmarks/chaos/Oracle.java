package dev.jtask.benchmarks.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says what became of all tasks, from what was sent, what workers wrote down, what is with the dead letters, and what
/// faults there were. Pure; knows nothing of how a worker settles.
final class Oracle {

    /// A run is settled this long after its end, as long as nothing is wrong.
    private final long settleMillis;

    private final List<Fault> faults;
    private final Map<String, List<Run>> runs = new HashMap<>();
    private final Map<String, Integer> dead;
    private final Map<Integer, Integer> duplicatesByFault = new HashMap<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> unexplained = new ArrayList<>();
    private int tasks;
    private int done;
    private int deadAsExpected;
    private int duplicated;

    private Oracle(Collection<Run> all, Map<String, Integer> dead, List<Fault> faults, long settleMillis) {
        this.faults = faults;
        this.dead = dead;
        this.settleMillis = settleMillis;
        for (var run : all) {
            runs.computeIfAbsent(node(run.key(), run.attempt()), key -> new ArrayList<>())
                    .add(run);
        }
        runs.values().forEach(same -> same.sort(Comparator.comparingLong(Run::start)));
    }

    /// @param dead how many letters there are of each key
    /// @param settleMillis how long after its end a run may still be undone by a fault
    static Verdict judge(
            List<Sending> sendings,
            Collection<Run> runs,
            Map<String, Integer> dead,
            List<Fault> faults,
            long settleMillis) {
        var oracle = new Oracle(runs, dead, faults, settleMillis);
        for (var sending : sendings) {
            for (var expected : sending.errand().expected()) {
                oracle.account(sending, expected);
            }
        }
        return new Verdict(
                oracle.tasks,
                oracle.done,
                oracle.deadAsExpected,
                List.copyOf(oracle.lost),
                oracle.duplicated,
                List.copyOf(oracle.unexplained),
                oracle.duplicatesByFault.values().stream()
                        .mapToInt(count -> count)
                        .max()
                        .orElse(0));
    }

    private void account(Sending sending, Expected expected) {
        if (sending.fate() == Sending.Fate.CONFIRMED) {
            tasks++;
            end(expected);
        }
        for (int attempt = 1; attempt <= expected.attempts(); attempt++) {
            var same = runsOf(expected.key(), attempt);
            for (int i = 1; i < same.size(); i++) {
                duplicated++;
                explain(sending, expected, attempt, same.subList(0, i), same.get(i));
            }
        }
    }

    private void end(Expected expected) {
        boolean ran = runsOf(expected.key(), expected.attempts()).stream().anyMatch(Run::ended);
        boolean isDead = dead.containsKey(expected.key());
        switch (expected.end()) {
            case DONE -> {
                if (isDead) {
                    lost.add(expected.key() + (ran ? " ran, and" : "") + " is with the dead letters for no reason");
                } else if (ran) {
                    done++;
                } else {
                    lost.add("%s did not run to its end, %d runs began".formatted(expected.key(), begun(expected)));
                }
            }
            case DEAD -> {
                if (isDead) {
                    deadAsExpected++;
                } else {
                    lost.add("%s is not with the dead letters, %d runs began"
                            .formatted(expected.key(), begun(expected)));
                }
            }
        }
    }

    private int begun(Expected expected) {
        int begun = 0;
        for (int attempt = 1; attempt <= expected.attempts(); attempt++) {
            begun += runsOf(expected.key(), attempt).size();
        }
        return begun;
    }

    private void explain(Sending sending, Expected expected, int attempt, List<Run> before, Run again) {
        var fault = undone(before, again)
                .or(() -> sentTwice(sending, expected, attempt))
                .or(() -> movedTwice(sending, runsOf(expected.key(), attempt)));
        fault.ifPresentOrElse(
                found -> duplicatesByFault.merge(found.id(), 1, Integer::sum),
                () -> unexplained.add("%s, sent from %d to %d, ran again, attempt %d: %s after %s"
                        .formatted(again.key(), sending.from(), sending.to(), attempt, again, before)));
    }

    /// Something happened to whoever ran it before, when it was not settled yet.
    private Optional<Fault> undone(List<Run> before, Run again) {
        return before.stream()
                .flatMap(run -> touching(run, again.start()).stream())
                .findFirst();
    }

    private Optional<Fault> touching(Run run, long before) {
        return faults.stream()
                .filter(fault -> fault.touches(run.worker(), run.start(), Math.min(settled(run), before)))
                .findFirst();
    }

    /// Something happened to whoever sent it, so that there are two messages.
    private Optional<Fault> sentTwice(Sending sending, Expected expected, int attempt) {
        if (attempt > 1) {
            return cause(sending, expected, attempt - 1);
        }
        if (expected.parents().isEmpty()) {
            return faults.stream()
                    .filter(fault -> fault.target() == Fault.BROKER
                            && fault.touchesSending(Fault.BROKER, sending.from(), sending.to()))
                    .findFirst();
        }
        return sending.errand().expected().stream()
                .filter(other -> expected.parents().contains(other.key()))
                .map(parent -> cause(sending, parent, parent.attempts()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Why whoever this is sent by may have sent it twice.
    private Optional<Fault> cause(Sending sending, Expected sender, int attempt) {
        var same = runsOf(sender.key(), attempt);
        return repeated(same).or(() -> movedTwice(sending, same)).or(() -> sentTwice(sending, sender, attempt));
    }

    /// A worker puts a message that is not due into the broker's delays, and one that comes again into its queue anew:
    /// when something happens to it between the two, there are two messages. It may have been any worker.
    private Optional<Fault> movedTwice(Sending sending, List<Run> same) {
        boolean moved = sending.errand().isDelayed() || same.stream().anyMatch(Run::again);
        return moved && same.size() > 1
                ? faults.stream()
                        .filter(fault -> fault.touchesSending(
                                fault.target(), sending.from(), same.getFirst().start()))
                        .findFirst()
                : Optional.empty();
    }

    /// Something happened to one of those who ran it, so that what it sends is sent again.
    private Optional<Fault> repeated(List<Run> senders) {
        return senders.stream()
                .flatMap(run ->
                        faults.stream().filter(fault -> fault.touchesSending(run.worker(), run.start(), settled(run))))
                .findFirst();
    }

    private long settled(Run run) {
        return run.ended() ? run.end() + settleMillis : Long.MAX_VALUE;
    }

    private List<Run> runsOf(String key, int attempt) {
        return runs.getOrDefault(node(key, attempt), List.of());
    }

    private static String node(String key, int attempt) {
        return key + " " + attempt;
    }
}
