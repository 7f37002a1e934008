/// What a worker counts.
@Internal
@NullMarked
package dev.jtask.worker.metrics;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
