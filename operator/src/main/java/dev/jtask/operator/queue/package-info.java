/// Queues that pools ask for: how they are declared, and when they may go.
@NullMarked
package dev.jtask.operator.queue;

import org.jspecify.annotations.NullMarked;
