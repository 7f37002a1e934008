/// What the operator knows of a broker: how a Secret names it, what the management API says of its queues, and how
/// often it is asked.
@NullMarked
package dev.jtask.operator.broker;

import org.jspecify.annotations.NullMarked;
