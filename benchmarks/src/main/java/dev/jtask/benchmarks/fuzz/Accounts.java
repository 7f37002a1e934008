package dev.jtask.benchmarks.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What became of each message of a fuzz. Pure.
final class Accounts {

    private final Map<String, Integer> runs = new HashMap<>();
    private final Map<String, Integer> letters = new HashMap<>();
    private final Set<String> answered = new HashSet<>();

    /// @param lost of which nothing is known, with their kinds
    /// @param twice that ran or are dead letters more than once, with their kinds
    record Balance(int malformed, int good, int run, int dead, List<String> lost, List<String> twice) {

        /// @param sessionsLost after each of which what a worker held may come again
        boolean isGood(int sessionsLost) {
            return lost.isEmpty() && (twice.isEmpty() || sessionsLost > 0);
        }
    }

    void ran(String key) {
        runs.merge(key, 1, Integer::sum);
    }

    void letter(String key) {
        letters.merge(key, 1, Integer::sum);
    }

    void answered(String key) {
        answered.add(key);
    }

    /// How many of these have come to an end.
    int ended() {
        var ended = new HashSet<>(runs.keySet());
        ended.addAll(letters.keySet());
        ended.addAll(answered);
        return ended.size();
    }

    Balance balance(List<Sent> all) {
        var lost = new ArrayList<String>();
        var twice = new ArrayList<String>();
        int good = 0;
        int run = 0;
        int dead = 0;
        for (var sent : all) {
            int ran = runs.getOrDefault(sent.key(), 0);
            int letter = letters.getOrDefault(sent.key(), 0);
            boolean isGood = sent.kind().equals(Mutant.GOOD);
            good += isGood ? 1 : 0;
            run += ran > 0 ? 1 : 0;
            dead += letter > 0 ? 1 : 0;
            boolean ended = isGood
                    ? ran > 0 && answered.contains(sent.key()) && letter == 0
                    : ran + letter > 0 || answered.contains(sent.key());
            if (!ended) {
                lost.add("%s (%s)".formatted(sent.key(), sent.kind()));
            }
            if (ran > 1 || letter > 1) {
                twice.add("%s (%s): %d runs, %d letters".formatted(sent.key(), sent.kind(), ran, letter));
            }
        }
        return new Balance(all.size() - good, good, run, dead, List.copyOf(lost), List.copyOf(twice));
    }

    /// A message that was sent.
    record Sent(String key, String kind) {}
}
