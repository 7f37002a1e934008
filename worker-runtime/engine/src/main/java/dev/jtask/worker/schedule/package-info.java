/// Tasks that a worker's process sends by the clock.
@NullMarked
package dev.jtask.worker.schedule;

import org.jspecify.annotations.NullMarked;
