package dev.jtask.local.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalLong;

/// The live table: a line for each snapshot.
final class Table {

    private static final String ROW = "%5s %8s %7s %8s %8s %10s %6s %8s %6s  %s%n";
    private static final int HEADER_EVERY = 20;

    private final PrintStream out;
    private int lines;
    private int doneBefore;
    private double secondsBefore;

    Table(PrintStream out) {
        this.out = out;
    }

    void print(double seconds, Snapshot now) {
        if (lines++ % HEADER_EVERY == 0) {
            out.printf(
                    ROW,
                    "time",
                    "backlog",
                    "ready",
                    "unacked",
                    "desired",
                    "ready/pods",
                    "busy",
                    "tasks/s",
                    "done",
                    "scaling");
        }
        out.printf(
                ROW,
                "%.0fs".formatted(seconds),
                text(now.backlog()),
                text(now.ready()),
                text(now.unacked()),
                now.desired(),
                now.readyPods() + "/" + now.pods(),
                now.busySlots(),
                String.format(Locale.ROOT, "%.0f", rate(seconds, now.done())),
                now.done(),
                now.sentence());
    }

    private double rate(double seconds, int done) {
        double rate = seconds > secondsBefore ? (done - doneBefore) / (seconds - secondsBefore) : 0;
        secondsBefore = seconds;
        doneBefore = done;
        return rate;
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
    }
}
