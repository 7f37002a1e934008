package dev.jtask.worker.celery.canvas;

import dev.jtask.backend.Joined;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.worker.run.Outcome;

/// A chord was joined by its results, as `celery.chord_unlock` does.
record Unlocked(String group, Signature body, Joined joined) implements Outcome.Sequel {}
