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
        var fresh = new HashMap<String, QueueSample>();
        waiting.forEach((queue, messages) -> {
            var sample = told.get(queue);
            var counted = sample == null ? null : sample.counting(messages);
            // most queues hold at most beats what they held before
            if (counted != null && !counted.equals(latest.get(queue))) {
                fresh.put(queue, counted);
            }
        });
        return fresh.isEmpty() ? this : new Known(question, told, merged(fresh));
    }

    private Map<String, QueueSample> merged(Map<String, QueueSample> fresh) {
        var all = new HashMap<>(latest);
        all.putAll(fresh);
        return all;
    }
}
