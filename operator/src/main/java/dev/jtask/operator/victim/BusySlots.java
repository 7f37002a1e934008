package dev.jtask.operator.victim;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.OptionalInt;

/// How many tasks a worker runs right now.
public interface BusySlots {

    /// @return empty when the pod does not say
    OptionalInt of(Pod pod);
}
