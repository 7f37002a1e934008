package dev.jtask.test;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/// What happened in a test that failed; hangs on its failure, where people look first.
final class Story extends Exception {

    private static final long serialVersionUID = 1L;

    private Story(String text) {
        super(text, null, false, false);
    }

    /// @param queues that the worker consumes
    static Story of(Ledger ledger, Instant start, Instant now, Set<String> queues) {
        var text = new StringBuilder("this happened, from %s:".formatted(start));
        ledger.story(start).forEach(line -> text.append("\n  ").append(line));
        for (var task : ledger.waiting()) {
            text.append("\n  ").append(hint(task, now, queues));
        }
        return new Story(text.toString());
    }

    private static String hint(WaitingTask task, Instant now, Set<String> queues) {
        if (!queues.contains(task.queue())) {
            return "%s lies in queue '%s', and the worker of this test consumes %s; add its class to the test, or the queue to @JTaskTest(queues = …)"
                    .formatted(
                            task.task(),
                            task.queue(),
                            queues.isEmpty()
                                    ? "none, for it has no tasks"
                                    : queues.stream().sorted().collect(Collectors.joining("', '", "'", "'")));
        }
        return task.due().isAfter(now)
                ? "%s waits until %s; advance(…) lets that time pass".formatted(task.task(), task.due())
                : "%s is due and was not run; runDue() runs it".formatted(task.task());
    }
}
