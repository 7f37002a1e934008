/// What the fuzz runs in its worker: packed into a jar.
@NullMarked
package dev.jtask.benchmarks.fuzz.task;

import org.jspecify.annotations.NullMarked;
