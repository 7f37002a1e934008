/// Work flows: what follows a task, as messages; pure but for the built-in tasks.
@NullMarked
package dev.jtask.worker.celery.canvas;

import org.jspecify.annotations.NullMarked;
