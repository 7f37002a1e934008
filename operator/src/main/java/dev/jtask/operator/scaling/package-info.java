/// From what was seen of a broker to a number of replicas: one step for each pool and tick, the only writer of
/// replicas.
@NullMarked
package dev.jtask.operator.scaling;

import org.jspecify.annotations.NullMarked;
