/// Names and shapes of queues, exchanges and headers, each once.
@NullMarked
package dev.jtask.protocol.topology;

import org.jspecify.annotations.NullMarked;
