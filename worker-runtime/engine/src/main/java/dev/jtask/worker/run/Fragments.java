package dev.jtask.worker.run;

import dev.jtask.protocol.json.Redaction;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;

/// Takes out of a text what it shares with hidden values in long runs: a value that was cut, or whose lines were
/// broken otherwise, stands nowhere as a whole. Blanks and line ends do not count.
final class Fragments {

    /// A shorter run may stand in both by chance.
    static final int RUN = 16;

    /// Odd, and so large that each letter reaches all bits.
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    /// What a letter has become when it leaves the run.
    private static final long GONE = power(RUN);

    /// Hears of each run of letters, by its hash.
    @FunctionalInterface
    private interface Run {
        void at(long hash, int first, int last);
    }

    private Fragments() {}

    static String without(String text, List<String> values) {
        var runs = LongStream.builder();
        walk(text, (hash, first, last) -> runs.add(hash));
        // of the text, which is short, and not of the values, which may be as long as a message
        long[] known = runs.build().sorted().toArray();
        // of equal ones the search finds the same each time
        var shared = new BitSet();
        for (var value : values) {
            walk(value, (hash, first, last) -> {
                int found = Arrays.binarySearch(known, hash);
                if (found >= 0) {
                    shared.set(found);
                }
            });
        }
        if (shared.isEmpty()) {
            return text;
        }
        var hidden = new BitSet();
        walk(text, (hash, first, last) -> {
            if (shared.get(Arrays.binarySearch(known, hash))) {
                hidden.set(first, last + 1);
            }
        });
        return replaced(text, hidden);
    }

    private static void walk(String text, Run run) {
        var letters = new char[RUN];
        var places = new int[RUN];
        long hash = 0;
        int count = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (Character.isWhitespace(letter)) {
                continue;
            }
            int slot = count++ % RUN;
            hash = hash * FACTOR + letter - letters[slot] * GONE;
            letters[slot] = letter;
            places[slot] = at;
            if (count >= RUN) {
                run.at(hash, places[count % RUN], at);
            }
        }
    }

    private static String replaced(String text, BitSet hidden) {
        var shown = new StringBuilder();
        int from = 0;
        for (int start = hidden.nextSetBit(0); start >= 0; start = hidden.nextSetBit(from)) {
            shown.append(text, from, start).append(Redaction.NOT_SHOWN);
            from = hidden.nextClearBit(start);
        }
        return shown.append(text, from, text.length()).toString();
    }

    private static long power(int exponent) {
        return exponent == 0 ? 1 : FACTOR * power(exponent - 1);
    }
}
