/// Counts the messages of queues over AMQP, at the moment of asking: the only place of the operator that speaks it.
@NullMarked
package dev.jtask.operator.depth;

import org.jspecify.annotations.NullMarked;
