/// What chaos runs in its workers: packed into a jar, so it knows nothing of the rest.
@NullMarked
package dev.jtask.benchmarks.chaos.task;

import org.jspecify.annotations.NullMarked;
