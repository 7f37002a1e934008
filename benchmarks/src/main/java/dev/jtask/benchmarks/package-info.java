/// Side-by-side measurements: every figure comes with that of a peer from the same run, on the same broker.
@NullMarked
package dev.jtask.benchmarks;

import org.jspecify.annotations.NullMarked;
