/// Schedules in a worker's process: the file they are read from, their health and metrics.
@NullMarked
package dev.jtask.worker.schedule;

import org.jspecify.annotations.NullMarked;
