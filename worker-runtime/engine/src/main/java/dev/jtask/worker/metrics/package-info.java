/// What a worker counts.
@NullMarked
package dev.jtask.worker.metrics;

import org.jspecify.annotations.NullMarked;
