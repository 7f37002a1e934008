/// When a failed task is tried again, and where it waits.
@NullMarked
package dev.jtask.worker.retry;

import org.jspecify.annotations.NullMarked;
