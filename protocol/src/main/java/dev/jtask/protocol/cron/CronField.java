package dev.jtask.protocol.cron;

import java.util.BitSet;
import java.util.Locale;

/// One field of a cron expression: the values it names, and whether it begins with a star, as in `*` and `*/5`.
record CronField(BitSet values, boolean starred) {

    /// What may stand in a field: from its first to its last value, and around, as in `fri-mon` and `22-2`; names stand
    /// for the values from the first on, and three of their letters are enough.
    enum Kind {
        MINUTE("minute", 0, 59, ""),
        HOUR("hour", 0, 23, ""),
        DAY("day of month", 1, 31, ""),
        MONTH("month", 1, 12, "january february march april may june july august september october november december"),
        WEEKDAY("day of week", 0, 6, "sunday monday tuesday wednesday thursday friday saturday");

        private static final int LEAST_LETTERS = 3;

        private final String title;
        private final int first;
        private final int last;
        private final String names;

        Kind(String title, int first, int last, String names) {
            this.title = title;
            this.first = first;
            this.last = last;
            this.names = names;
        }

        private int value(String text) {
            if (text.equals("?")) {
                throw new IllegalArgumentException(
                        "%s '?' is Quartz's and Spring's; Unix cron has * for it".formatted(title));
            }
            int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : named(text.toLowerCase(Locale.ROOT));
            // 0 and 7 are Sunday, the one before Monday and the one after Saturday
            int most = this == WEEKDAY ? last + 1 : last;
            if (number < first || number > most) {
                throw new IllegalArgumentException("%s '%s' is not in %d-%d".formatted(title, text, first, most));
            }
            return number;
        }

        private int named(String text) {
            var all = names.split(" ", -1);
            for (int i = 0; i < all.length; i++) {
                if (text.length() >= LEAST_LETTERS && all[i].startsWith(text)) {
                    return first + i;
                }
            }
            return -1;
        }

        private IllegalArgumentException malformed(String text) {
            return new IllegalArgumentException("%s '%s' is none of *, 5, 1-5, */15, 1-30/2".formatted(title, text));
        }
    }

    /// @throws IllegalArgumentException naming the field and its range
    static CronField parse(Kind kind, String text) {
        var values = new BitSet();
        for (var part : text.split(",", -1)) {
            add(kind, part, values);
        }
        return new CronField(values, text.startsWith("*"));
    }

    boolean contains(int value) {
        return values.get(value);
    }

    private static void add(Kind kind, String part, BitSet values) {
        var stepped = part.split("/", -1);
        if (stepped.length > 2) {
            throw kind.malformed(part);
        }
        int step = stepped.length == 1 ? 1 : step(kind, stepped[1]);
        var ends = stepped[0].split("-", -1);
        if (ends.length > 2 || stepped[0].isEmpty()) {
            throw kind.malformed(part);
        }
        boolean star = stepped[0].equals("*");
        int from = star ? kind.first : kind.value(ends[0]);
        int turn = kind.last - kind.first + 1;
        int length;
        if (ends.length == 2) {
            int to = kind.value(ends[1]);
            // 0-7 goes once around
            length = to < from ? Math.floorMod(to - from, turn) : to - from;
        } else {
            // 5/15 goes on to the end, as */15 does
            length = star || stepped.length == 2 ? Math.floorMod(kind.last - from, turn) : 0;
        }
        for (int distance = 0; distance <= length; distance += step) {
            values.set(kind.first + (from - kind.first + distance) % turn);
        }
    }

    private static int step(Kind kind, String text) {
        int step = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (step < 1) {
            throw new IllegalArgumentException("step '%s' of the %s is no positive number".formatted(text, kind.title));
        }
        return step;
    }
}
