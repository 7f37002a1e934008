/// How a worker runs.
@NullMarked
package dev.jtask.worker.options;

import org.jspecify.annotations.NullMarked;
