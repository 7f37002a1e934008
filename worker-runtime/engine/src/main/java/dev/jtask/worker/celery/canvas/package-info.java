/// Work flows: what follows a task, as messages; pure but for the built-in tasks.
@Internal
@NullMarked
package dev.jtask.worker.celery.canvas;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
