package dev.jtask.worker;

import java.util.List;

/// How a worker is, for whoever starts and stops it.
///
/// @param troubles why it cannot do what it is there for at the moment: it takes work and settles it when there are
/// none
/// @param faults why only a new process would help: it is alive when there are none
public record Health(List<String> troubles, List<String> faults) {

    public Health {
        troubles = List.copyOf(troubles);
        faults = List.copyOf(faults);
    }

    /// Takes work, and can settle it.
    public boolean isReady() {
        return troubles.isEmpty() && faults.isEmpty();
    }

    /// Its loops make progress.
    public boolean isAlive() {
        return faults.isEmpty();
    }
}
