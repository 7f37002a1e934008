package dev.jtask.operator.watch;

import java.util.Set;
import java.util.stream.Collectors;

/// What a look asked, and of whom: its answer says nothing of other queues, and its figures are no other broker's.
///
/// @param queues by name
/// @param doors where the broker is, without credentials: it is one broker where one of them is the same
public record Question(Set<String> queues, Set<String> doors) {

    /// Of nobody.
    public static final Question NONE = new Question(Set.of(), Set.of());

    public Question {
        queues = Set.copyOf(queues);
        doors = Set.copyOf(doors);
    }

    /// As far as it asked for these.
    Question about(Set<String> names) {
        return new Question(names.stream().filter(queues::contains).collect(Collectors.toUnmodifiableSet()), doors);
    }
}
