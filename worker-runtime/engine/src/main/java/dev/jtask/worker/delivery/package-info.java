/// From the broker to a slot, and back: the only room with a channel that consumes.
@Internal
@NullMarked
package dev.jtask.worker.delivery;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
