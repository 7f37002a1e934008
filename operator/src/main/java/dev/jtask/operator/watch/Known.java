package dev.jtask.operator.watch;

import dev.jtask.autoscaler.QueueSample;
import java.util.HashMap;
import java.util.Map;

/// What is known of a broker's queues, by name.
///
/// @param question that was asked when it was told
/// @param told as the management API told it last
/// @param latest the same with the messages that were counted since
record Known(Question question, Map<String, QueueSample> told, Map<String, QueueSample> latest) {

    static final Known NOTHING = of(Question.NONE, Map.of());

    Known {
        told = Map.copyOf(told);
        latest = Map.copyOf(latest);
    }

    static Known of(Question question, Map<String, QueueSample> told) {
        return new Known(question, told, told);
    }

    /// Of which the management API told nothing.
    ///
    /// @param waiting messages by queue
    static Known counted(Question question, Map<String, Long> waiting) {
        var samples = new HashMap<String, QueueSample>();
        waiting.forEach((queue, messages) ->
                samples.put(queue, QueueSample.unknown(queue).counting(messages)));
        return of(question, samples);
    }

    /// @param waiting messages by queue
    Known counting(Map<String, Long> waiting) {
        var fresh = new HashMap<>(latest);
        waiting.forEach((queue, messages) -> {
            var sample = told.get(queue);
            if (sample != null) {
                fresh.put(queue, sample.counting(messages));
            }
        });
        return new Known(question, told, fresh);
    }
}
