package dev.jtask.worker.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// To which queues a worker sends the tasks that follow from others, by name: `p.*=py,reports.daily=slow`, the first
/// that matches.
///
/// @param rules in order
public record Routes(List<Rule> rules) {

    /// @param pattern of task names, in which `*` is anything
    public record Rule(String pattern, String queue) {

        boolean matches(String task) {
            return new Glob(pattern).matches(task);
        }
    }

    public Routes {
        rules = List.copyOf(rules);
    }

    /// @throws IllegalArgumentException when a part is no `pattern=queue`
    public static Routes parse(String text) {
        var rules = new ArrayList<Rule>();
        for (var part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            var sides = part.strip().split("=", -1);
            if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
                throw new IllegalArgumentException("write pattern=queue,pattern=queue, such as p.*=py");
            }
            rules.add(new Rule(sides[0].strip(), sides[1].strip()));
        }
        return new Routes(rules);
    }

    /// The queue of the first pattern that the name matches; empty when none does.
    public Optional<String> queueFor(String task) {
        return rules.stream()
                .filter(rule -> rule.matches(task))
                .map(Rule::queue)
                .findFirst();
    }
}
