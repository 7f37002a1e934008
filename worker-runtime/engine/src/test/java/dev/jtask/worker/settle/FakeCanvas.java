package dev.jtask.worker.settle;

import dev.jtask.backend.Joined;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// A work flow made by hand: what follows an outcome, and what comes of a chord.
final class FakeCanvas implements AfterTask {

    private Function<Outcome, Sequel> follows = outcome -> Sequel.NONE;
    private Function<Joined, List<Effect>> joins = joined -> List.of();

    FakeCanvas follow(Function<Outcome, Sequel> other) {
        follows = other;
        return this;
    }

    FakeCanvas join(Function<Joined, List<Effect>> other) {
        joins = other;
        return this;
    }

    @Override
    public Sequel after(Job job, Outcome outcome, Instant now) {
        return follows.apply(outcome);
    }

    @Override
    public List<Effect> joined(Job last, Effect.Count counted, Joined joined, Instant now) {
        return joins.apply(joined);
    }
}
