package dev.jtask.operator.event;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;

/// Publishes what happened to a pool. Never fails: an event that cannot be written is logged.
public interface Events {

    /// Whether a person should look.
    enum Kind {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /// As Kubernetes writes it.
        public String text() {
            return text;
        }
    }

    /// @param reason what happened, past tense in CamelCase
    /// @param message the same for people, with figures
    void publish(TaskWorkerPool pool, Kind kind, String reason, String message);
}
