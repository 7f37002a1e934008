/// From the broker to a slot, and back: the only room with a channel that consumes.
@NullMarked
package dev.jtask.worker.delivery;

import org.jspecify.annotations.NullMarked;
