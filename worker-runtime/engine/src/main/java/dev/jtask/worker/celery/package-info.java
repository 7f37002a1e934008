/// What makes a worker one of Celery's: the connection over which it talks with its peers.
@Internal
@NullMarked
package dev.jtask.worker.celery;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
