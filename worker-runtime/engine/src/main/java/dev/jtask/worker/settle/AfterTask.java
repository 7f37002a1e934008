package dev.jtask.worker.settle;

import dev.jtask.backend.Joined;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Instant;
import java.util.List;

/// What follows a task besides its result; work flows plug in here. Pure, and throws nothing for a message that was
/// decoded.
public interface AfterTask {

    /// Nothing follows.
    AfterTask NOTHING = new AfterTask() {
        @Override
        public Sequel after(Job job, Outcome outcome, Instant now) {
            return Sequel.NONE;
        }

        @Override
        public List<Effect> joined(Job last, Effect.Count counted, Joined joined, Instant now) {
            return List.of();
        }
    };

    /// What is done for an outcome.
    ///
    /// @param before the sender is told, so that it can be told of it
    /// @param after it is told
    record Sequel(List<Effect> before, List<Effect> after) {

        public static final Sequel NONE = new Sequel(List.of(), List.of());

        public Sequel {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    Sequel after(Job job, Outcome outcome, Instant now);

    /// What comes of a chord whose parts are all there.
    ///
    /// @param last the job that handed in the last part
    List<Effect> joined(Job last, Effect.Count counted, Joined joined, Instant now);
}
