/// Schedules from a file, sent by this process.
@NullMarked
package dev.jtask.worker.app.schedule;

import org.jspecify.annotations.NullMarked;
