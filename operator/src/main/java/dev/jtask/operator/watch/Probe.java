package dev.jtask.operator.watch;

import dev.jtask.autoscaler.QueueSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What one look at a broker brought.
public sealed interface Probe {

    /// When the look ended.
    Instant at();

    /// What it asked.
    Question question();

    /// What is known of the queues asked for, by name.
    Map<String, QueueSample> queues();

    /// What it brought of these queues: a pool neither keeps nor compares what concerns a thousand others.
    default Probe about(Set<String> names) {
        return switch (this) {
            case Seen seen -> new Seen(seen.question.about(names), of(names), seen.took, seen.at);
            case Counted counted ->
                new Counted(counted.question.about(names), counted.reason, counted.message, of(names), counted.at);
            case Blind blind -> blind;
        };
    }

    private Map<String, QueueSample> of(Set<String> names) {
        var found = new HashMap<String, QueueSample>();
        for (var name : names) {
            var queue = queues().get(name);
            if (queue != null) {
                found.put(name, queue);
            }
        }
        return found;
    }

    /// The broker answered.
    ///
    /// @param queues those of the queues asked for that exist, by name
    /// @param took how long the answer took
    record Seen(Question question, Map<String, QueueSample> queues, Duration took, Instant at) implements Probe {
        public Seen {
            queues = Map.copyOf(queues);
        }

        /// Whether the queue was asked for and does not exist.
        public boolean lacks(String queue) {
            return isToldOf(queue) && !queues.containsKey(queue);
        }

        /// Whether it was asked for: of others nothing is known.
        public boolean isToldOf(String queue) {
            return question.queues().contains(queue);
        }
    }

    /// The management API does not answer, but what waits was counted.
    ///
    /// @param reason the condition's reason
    /// @param message what is wrong and the fix
    /// @param queues those that could be counted, by name: whether the others exist is not known
    record Counted(Question question, String reason, String message, Map<String, QueueSample> queues, Instant at)
            implements Probe {
        public Counted {
            queues = Map.copyOf(queues);
        }
    }

    /// Nothing is known of the queues.
    ///
    /// @param reason the condition's reason
    /// @param message what is wrong and the fix
    record Blind(String reason, String message, Instant at) implements Probe {
        @Override
        public Question question() {
            return Question.NONE;
        }

        @Override
        public Map<String, QueueSample> queues() {
            return Map.of();
        }
    }
}
