/// Names and shapes of queues, exchanges and headers, each once.
@Internal
@NullMarked
package dev.jtask.protocol.topology;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
