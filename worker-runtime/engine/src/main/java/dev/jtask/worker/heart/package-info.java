/// A worker without its connections: what becomes of a delivery, and nothing of where it came from.
@Internal
@NullMarked
package dev.jtask.worker.heart;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
